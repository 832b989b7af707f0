"""Phrases of what else is written after an answer. `rules` says how they are read. Pure."""

ASIDE = r"""
wrong (chat|person|channel|thread|window|group|room)
meant (to (post|send|text)|for|that for|this for)
not for you
^ignore (me|that|this|my|the last)( message| one| post)?$
^(im |still |were )?at the (shop|bank)|on the other till
(hes|shes|he is|she is) (in|off|on|at|away|back|here|not)
(tell|told|ask|asked|asking) (him|her|them)
what time (do|are|is) (you|he|she)|^(?!(<opener>)\b)\w+ you (were|are|said|did|should)
^(?!(<opener>)\b)\w+ \. (did|can|could|have|do)
waiting (on|for) (?!support|you|some)|already knows|^where (are|r) <you>
lunch|coffee|smoko|roster|shift|brb|courier|milk|pizza|pub|birthday
^(?!(<opener>)\b)\w+ (\. )?(can|could|did|do|have|are|will|would|when) <you>
^((ok|okay|yep|yes|yeah|right|cool|sure|no worries) (\. )?)*<plan> (just )?<planned>
what i was (talking about|saying)|^\w+s (dealing|looking|sorting|checking|coming|calling|ringing)
^([a-z]+ )?(is|was|said|says) (looking|on it|onto it|checking|away|off today|in today)
"""
PERSON = r"""
(speak|talk|chat|connect|transfer|put|pass|hand|get|reach|hold|through|forward) ... <somebody>
(contact|complain\w*) ... <somebody>|(talk|speak) to ... manager
(get|ask|have|want|need|can|could|let) clickpos (to|support|help|do|call|ring|look)
number do i (call|ring)|send help|(log|book|place) a (call|ticket|job|case)
(want|need|like|prefer|find me|send|give|got|have|rather) ... (?<!tell )(?<!ask )<somebody>(?! (else|having))
(<ring>|assign) ... <somebody>
(is|are) there ... <somebody>(?! (else|having))
<somebody> ... (<ring>|help|look|take over|available|around|free|log ?in|online|onsite|come|fix)
(?!any)<somebody> ... (sort|do it|do this|talk|speak|show me|remote|dial|check it|check this|on duty)
<somebody> ... (assist|get back|out here|step in)
<ring> (me|us|the shop|the store|back|someone|support|about this|0\d+)
0\d{1,3}[ -]?\d{3}[ -]?\d{3,4}
who (do|can|should|could|would|else can) <i> (\w+ )?(<ring>|talk|speak|chat|get hold)
(phone|support|contact|help ?line|help ?desk) (number|no|line|desk|email|details|phone)
your mobile
number (for|of|to (call|ring))
call ?back|hot ?line|escalat\w+|humans?|ticket|complaint
(real|actual|live) (person|people|human|one|agent)
(not|dont want|no more|hate|stop) (a |with |the |this )*(bot|robot|machine|articles)s?
(raise|log|open|create|lodge|submit|start|file) (me |us |a |the )*(support |help )?(case|job|request)
(appreciate|like|want|need) a call|call from|(on|by|over) the phone
team ?viewer|any ?desk|screen ?share|zoom|onsite
remote(ly)? (in|on|access|session|into|log|fix)\w*
(can|could|will|would|please|just) (<you> )?(please |pls |just )?(fix|sort|do) <it> for (me|us)
^(agent|operator|support|person|human|someone|somebody|representative)( please| pls| plz| now|\?)*$
^(technician|engineer|help ?desk|escalate|call)( please| pls| plz| now|\?)*$
(need|want|like|prefer|rather) to (talk|speak|chat)|(proper|real|human) help|in person|up the chain
one of you|(transfer|patch) (me|us)|who can help|refer (this|it|me)|phone call
(let|tell|ask) <somebody>|live chat|get (me|us) help|needs? someone|a hand here
sort (it|this) (out )?for (me|us)|<it> for (me|us)
(book|arrange|organise|organize|schedule) (a |an |me |us )*(call|visit|session|time|appointment|someone)
<somebody> (please|pls|plz|asap|urgently|now)
(need|want) ((more|some|urgent|proper|further|real|actual) )?help (asap|now|urgently|today|right)
(reach|get hold of|talk to|speak to|contact) (you|u|you guys)|whats (your|ur|the) (phone|number)
(can|could|will) <you> guys|who (is|s) on support|support (hours|team|today|line|please|pls)
just (fix|sort) (it|this)|(need|want) (it|this) (fixed|sorted)|assistance|0800
"""
NEWS = r"""
(another|different|new|second|one more|extra)( xero| clickpos)? <error>
(another|different|second|other) (shop|store|branch|till|site|invoice|bill|customer|supplier)s?
next (one (is|:)|one:|error|problem|question|issue)
(error|message|problem|wording|it)s? (has |have )?changed
(?<!worked )(?<!in )this time(?! (<thanks>))
one more|unrelated|while (youre|im|were) (here|at it)
(~|but |and |then |that |one |ok )now <new>(?! (<good>|worse|even worse))
(~|and |but |then )(it|its|xero|clickpos|the screen) (now |then |just |also )?<says>(?!.*(same|still|already|but))
it now <says>|another saying|theres another|its only \w+|(it )?started (after|when|since)
now (says?|saying|shows?|showing|getting|get|complain\w*)
got past
(gives?|giving|gave|get|getting|got) (me )?(this:|another|a different|an? \d+)
~(what|how) about
^and (the |my |our |a )?\w+( \w+){0,4}\?
the same (at|in|on|for|with) (the|our|my) \w+ (shop|store|till|branch|site)
if (that|it|this) (helps|matters|makes)|its only (doing|for|on|with|when)
(do|does|can) [\w ]{3,25}s (go|sync|send|post|come|transfer|integrate)
forgot to (say|mention|add|tell)
btw|by the way|fyi|to (clarify|be clear|add)
should (have |of |also )?(mention|said|add)\w*
(we|i|it|they) also
also (have|having|getting|got|seeing|happens?|the|a|on|for|what|how|where)
^just the|now \w+ \w+s (are|is|dont|wont|not)|^same here|us too|~also
(one|that|thats)s? (sorted|fixed|done) but|this (one|is it):|\d{1,2}(st|nd|rd|th) of
(got|have|theres) (\w+ )?more (like|of|with)
(can|does|do|will) xero (do|support|handle|have|allow)
same (\w+ )?<error> (but|for|on|at|with|from)(?! (again|me|as|it|this|mine|my|all|both))
(only|just) (does|happens|happening|affects)(?! now)
(?<!what )happens (only|when|on|with|every|for)
attached|attaching
heres? (is )?(the|a|another|my)
"""
"""Another error, or more about this one: it is recognised like any other message."""
SOLVED = r"""
^(?!.*<still>).*\b<outcome>\b.*\b<thanks>
^(?!.*<still>).*\b<thanks>\b.*\b<outcome>
but (it|that|they|its|all) ((through|in|sorted|is|did|does|has|are|works?|worked|working|all|good|fine|now) ?)+
(dont|do not|no longer|doesnt|wont) need (\w+ )?(help|it|<you>|to|any\w+|a hand|this|that)
no (more|further|longer)
not (an issue|a problem) (any ?more|now)
no (thanks|thank you|worries|problem|stress)
(?<!not )(?<!isnt )(working|works|<solved>|good|fine|ok|okay|happy|through) (now|again|fine|perfectly|great)
all (good|<solved>|fine|done|working)
(?<!not )(?<!isnt )(?<!wasnt )(?<!never )(is|its|are|been|got|finally|now|thats|all) (now |been )?<solved>
got (it|that|them) (going|working|in|through|thru|<solved>|done)
"""
"""It is solved, though words of a fault are in it. Not in a question."""
DETAILS = r"""
#?[a-z]{0,4}[-_ ]?\d{4,}
(inv|po|cn|bill|invoice|order|ref|code|account)\w* .{0,12}\d{2,}
\d+\.\d\d
\$\d+
as well
(its|it is|it was|this is|that was|thats) (for|from|on|at|dated)
(its|it is|it was|this is|that was|thats) the ... (store|shop|customer|supplier|till|branch)
(its|it is|it was|this is|that was|thats) an? (refund|credit|return|layby|gift|bill|sale|quote|cash)
(customer|supplier|store|shop|branch|amount|date|total|invoice number|ref|sku|item) ... (is|was|called)
version
"""
"""Facts about the error, where nothing is asked: news as well."""
NOT_SOLVED = r"""
still(?! (learning|new|here|waiting for|thanks|great|good))
persist\w*
<not>( \w+){0,3}? <works>
<not>( \w+){0,3}? (our|my|the|a) (problem|issue|case|cause|reason|answer|one)
(it|its|that|thats|this|they|xero|clickpos|payments?|invoices?|sales?|till) .{0,25}\b<not>
(fix|steps?|one|system) .{0,25}\b<not>
(no|zero|not|exactly|exact|the|very|get|got|getting|same) (the )?(\w+ )?same
same (\w+ ){0,2}(<error>|result|again|as before|old|story|deal|outcome|red|screen|way)
^same|same$
no (<no>)
nothing|nada|zilch|unchanged|but no|ffs
keeps?|kept|continues?|again and again
(its|it is|it|came|comes|come|is|error|message) (come |came |comes |right |straight )*back(?! (in business|up|on))
happen(ed|ing|s) again|(pops|popped|came|comes|come|shows?|showed|turned) up again|nup
what i (already )?(did|have|tried)
(error|failed|refused|rejected|stuck|red|it|that) again
(then|has|have|its) stopped
what (now|next|else)|now what|anything else|plan b|what should i try
(any )?(more|other) (ideas?|suggestions?|options?)
not (quite|really|yet|today|happy|helpful|useful|good|great|it|me|for me|here|this|any|even|my|our|the)
ugh|argh|gr+|did it again|[\U0001f621\U0001f624\U0001f62d\U0001f629\U0001f622\U0001f620\U0001f92c]
unsuccess\w*|another red|round in circles|loop|:sad:|remains?|broke\w*
too (hard|complicated|difficult)
useless|rubbish|waste of time|unhelpful|hopeless|worse|garbage|crap|joke|doesnt apply
(thats|its|this is|answer is|is|^)(all |just )? ?wrong|wrong (answer|error|advice)|nowhere|negative
only (fixed|worked|did|helped|half|some|one)
(gave|give|giving) up|square one|stuck|knock\w* back|spin\w*|something else|hangs|hanging|times? out
fail\w*|refus\w*|reject\w*|bounc\w*|error(s|ed|ing)?|crash\w*
[\U0001f44e]|:-1:|:thumbsdown:
"""
OUTCOME = r"""
<solved>|worked|works|working|synced|syncing|helped|(that|it|this|finally) (just )?did it|^did it
was it
(did|done) the trick|found it|you were right|(was|thats) (the|my) (problem|issue)
(showing|shows|marked) (up |as )*(now|paid|approved)|turns out
<it>s? (is |are |has |have |all )?(gone )?in( now)?$
let me (do|in|through|approve)
(good|fine) now|good to go|back up|back on track|back in business|happy days
^got it|(<i>|ive|weve|have) got it|got it (now|thanks)
back to normal|much better|thats better|job done|case closed|running again|processed
(problem|error|issue|message|it|its|thats)s? (has |is |all |now )*(gone|cleared)
:happy:|landed|thumbs up|painless|whoop|cool as|(thats|that was) the one( \. )?(<thanks>|$)
no longer|its gone|errors? gone|gone away|disappeared|cleared|up and running|across|too easy|easy
<goes> (straight |all |right |back )?(<through>|in|up)
success\w*
all (through|green|in|sent|clear)
"""
"""It is solved, where nothing says that it is not."""
TRIED = r"""
tried|retried|re did|redid|already|reconnected|restarted|twice|three times|followed
have done|ive done|did that|done that|did all|done all|did everything
(is|are|its|theyre|been|was|were|have|has|ive|weve) (all )?<state>
^(no|nope|nah|negative|na|didnt|doesnt|not)|no$
"""
"""What was done, and no more: it did not help."""
THANKS = r"""
thanks?|thank you|thankyou|thanx|thnx|thx|tks|tx|ty|tysm|tyvm|tnx|cheers|chur|ta|tah|merci|gracias
explains (it|that|a lot)|appreciate\w*|grateful|makes sense|mint|mean as|all g|good as|ka pai
noice|tu meke|happy
(will|ill) (try|give)|cheers will do|good call|hallelujah|10 ?10|close (this|it|that|the ticket)
no drama\w*
understood|gotcha
perfect|legends?|life ?saver|brilliant|brill|awesome|amazing|excellent|great|lovely|fantastic|sweet
beauty|bewdy|the best|done|champion|champ|star|nice|spot on|magic|bingo|wonderful|super|helpful|yay
woo\w*|hooray|phew|genius|ripper|choice|bless|chuffed|impressed|gold|finally
good (bot|job|work|stuff|one|to know)
well done|you rock|(i |^)love (it|this|you)
:(pray|\+1|thumbsup|tada|heart|raised_hands|clap|white_check_mark|ok_hand|100|partying_face):
:(heavy_check_mark|smile|slightly_smiling_face|grin|star|fire|muscle):
[\U0001f44d\U0001f64f\U0001f389\u2764\U0001f44f\U0001f64c\U0001f44c\U0001f60d\U0001f60a]
[\U0001f600\U0001f601\U0001f4af\U0001f973\u2705\u2714]
"""
HELLO = r"""
~(can|could|do|are|will|would|r) <you>
^<hello>( (\. )?(?!(it|its|the|i|we|my)\b)\w+){0,3}[ .?]*$
[\U0001f44b]|:wave:
"""
"""Greetings, and other questions to the bot."""
