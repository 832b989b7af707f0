"""Phrases of what else is written after an answer. `rules` says how they are read. Pure."""

ASIDE = r"""
wrong (chat|person|channel|thread|window|group|room)
meant (to (post|send|text)|for|that for|this for)|not for you
^ignore (me|that|this|my|the last)( message| one| post)?$|leave (it|this|that) (with|to) (me|us)
^(im |still |were )?at the (shop|bank)|not my (department|area|job|till)
^(?!.*\b(still|same|error|failed|it|xero|support|clickpos|(it|she)s (come|all|good|
  sweet))\b).*\b(he|she|hes|shes|him|her|his|hers|theyll)\b
(hes|shes|he is|she is|he|she) (in|off|on|at|away|back|here|not|already)
(tell|told|ask|asked|asking|ring) (him|her|them)|what time (do|are|is) (you|he|she)
^(?!(<opener>)\b)\w+ you (were|are|said|did|should)
^(?!(<opener>)\b)\w+ \. (did|can|could|have|do|was it|is it)|waiting (on|for) (?!support|you|some)
already knows|^where (are|r) <you>|(?<!after )lunch|coffee|smoko|roster|shifts?|brb|courier|milk
pizza|pub|birthday|meeting|banking|traffic|(running|be) late|with a customer|reckon
(that|it) was (you|me)|^not me$|^(nah )?leave it$|didnt (we|you|they)$|lock up|close tonight
on tomorrow|tomorrow morning\?|see you (tomorrow|later|soon|at|on)
^(?!(<opener>)\b)\w+ (\. )?(can|could|did|do|have|are|will|would|when) <you>|told you so
dont worry about (it|this|that)
^((ok|okay|yep|yes|yeah|right|cool|sure|no worries|sweet|ta|good|
  dw) (\. )?)*<plan> (just )?<planned>
what i was (talking about|saying)|^\w+s (dealing|looking|sorting|checking|coming|calling|ringing)
^([a-z]+ )?(is|was|said|says) (looking|on it|onto it|checking|away|off today|in today)
^(im )?on it\b|^(yes|yep|yeah|no|nah|nope) ((i|we|they) (did|was|were|have|had)|it was)( .*|$)
^(oh|haha|lol|omg)( no| dear| well| not again)*$
"""
PERSON = r"""
(<reach>|<route>) ... <somebody>(?! (else|having))|(help|need) ... <somebody> from
(speak|talk|chat|complain|who is|whos|with|get) ... manager
(want|need|like|prefer|find me|send|give|got|have|rather|get|
  hear from) ... (?<!tell )(?<!ask )<somebody>(?! (else|having|(has|got|had) the same))
(is|are|any) (\w+ )?there ... <somebody>(?! (else|having))|(is|are) \w+ from (support|clickpos|your)
(looked at|done|fixed|sorted|checked|call|help) (by|from) <somebody>
<somebody> ... (<reach>|help|look|take (over|it)|available|around|free|log ?in|online|onsite|come|
  fix|assist|out here|step in)
(?!any)<somebody> ... (sort|do it|do this|show me|remote|dial|check it|check this|on duty|please|
  pls|plz|asap|urgently|now)
(get|ask|have|want|need|can|could|let) clickpos (to|support|help|do|call|ring|look)|send help
out of my depth|(email|number|phone|contact) for (help|support)|who else can|(over|on) the phone$
comfortable doing|hand ?holding|<somebody> to (check|look|do|fix|help|come|sort)|jump on a
(a|quick) call\W*$|pick up the phone
<reach> (me|us|the shop|the store|back|someone|support|on (my|our) (cell|mobile|phone|number)|0\d+)
0\d{1,3}[ -]?\d{3}[ -]?\d{3,4}|callable|^(please |pls |just |can (you|u) )*(call|ring|phone) (me|us)
give (me|us) a (call|bell|ring|buzz|bit of help|hand)
who (do|can|should|could|would|else can|to) ?(<i>)? (\w+ )?<reach>|get (hold|in touch)
on to (someone|somebody)
(phone|support|contact|help ?line|help ?desk|direct) (number|no|line|desk|email|details|phone|
  request|person)
number (for|of) (support|help|clickpos|you|someone|the (team|office|help))
number (i|we|to|that|you) ?(can |could )?(call|ring|phone|get)
your (mobile|number|phone|manager)|~(phone )?number\?|(a|me|us|please|for) call ?backs?
^call ?backs?\b(?! (url|address|hit))|hot ?line|escalat\w+|humans?
^(\w+ ){0,3}tickets?( please| pls)?$|(make|file|lodge|log|have) (a |my )?complaint
(real|actual|live|proper) (person|people|one|agent|support)
not (a |with a |the )*(bot|robot|machine|computer)
(dont want|no more|hate|stop|sick of|(get|let) (me|us) out|out of|done (with|chatting|talking)|
  tired of|enough of|
  instead of) ... (bot|robot|machine|computer|articles|automated)s?
(raise|log|open|create|lodge|submit|start|file|book|place) (it |this |me |us |a |the )*(support |
  help |with )*(case|job|request|call|ticket|<somebody>)
(appreciate|like|want|need|arrange|any chance of) (a|an) (\w+ )?(call|chat)|call from
(talk|speak|help|explain|do|go|chat|me) ... (?<!hour )(by|over) the phone|phone call|team ?viewer
any ?desk|screen ?shar\w+|zoom|onsite|remote(ly)? (in|on|access|session|into|log|fix)\w*
(this|it) remotely|<it> (done )?for (me|us)(?!\W*$ (the|here))
^(agent|operator|support|person|someone|somebody|rep\w*|technician|engineer|help ?desk|escalate|
  call|manager|transfer)( please| pls| plz| now|\?)*$
(need|want|like|prefer|rather) to <reach>|(proper|real|human) help|in person|up the chain
who can help|beyond me|(account|customer|support|our|my) rep|(account|customer|support) manager
follow(ed)? up|looks after (us|me)|^(<hello> )?operator
^is \w+ (on|in|around|available|working) (today|now)|one of (you|your|the \w+ guys)
(our|my|the) contact (at|person|for)|(if|for) <somebody> (\w+ed|to)|(connect|transfer|patch|refer|
  forward|pass|hand) (me|us|this|it|on)\b|(forward|pass|hand) to|live chat
(?<!need to )(?<!have to )(let|ask) <somebody>|put (me|us) through|get (me|us) help|a hand here
(take|carry) it from here|nobody has (got|come|replied|called|answered)
(book|arrange|organise|organize|schedule|request) (a |an |me |us )*(call\w*|visit|session|time|
  appointment|someone)
(need|want) ((more|some|urgent|proper|further|real|actual) )?help (asap|now|urgently|today|right)
(reach|get hold of|talk to|speak to|contact) (you|u|you guys)
whats (your|ur|the) (phone|number|email|support)|<you> guys|who (is|s) on support
support (hours|team|today|line|people|staff|please|pls)
cancel\w* (our|my|the) (sub|account|contract)\w*
(just|please|can you|can u|could you) (fix|sort|do) (it|this|that)( (please|pls|today|now|
  then))?\W*$
(need|want) (it|this) (fixed|sorted)|(need|want|require|urgent|further|some|for) (\w+ )?assistance$
0800
"""
NEWS_FIRST = r"""
(?<!the )(another|different|new|second|one more|extra|other|third)( xero|
   clickpos)? <error>(?! (or|to (fix|do|try)))
"""
NEWS = r"""
(another|different|second|other) (shop|store|branch|till|site|invoice|bill|customer|
  supplier)s?(?! having)
next (one (is|please)|one:|error|problem|question|issue)|one more|unrelated
while (youre|im|were|i have) (you|here|at it)
(error|message|problem|wording|it)s? (has |have )?changed
(?<!worked )(?<!in )(?<!errors )this time(?! (<thanks>))
(~|but |and |then |that |one |ok )now <new>(?! (<good>|back|worse|even worse)|.*\b(same|
  all of them fail)\b)
another saying|theres another
(~|and |but |then )(it|its|xero|clickpos|the screen) (now |then |just |also )?<says>(?!.*(same|
  still|already|but|didnt|back|again))
now (says?|saying|shows?(?! as)|showing|getting|get|complain\w*)|its only \w+
(it )?started (after|when|since|last|this)|got past
(gives?|giving|gave|get|getting|got) (me )?(this:|another|a different|an? \d+)(?! (call|hand))
popped up instead|~(what|how) about(?! (that|it)\W*$)|^and (the |my |our |a )?(?!(this|it|that|
  then|what|how|will|does|is|do|can) )\w+( \w+){0,4}\?
what if the|how about when
the same (at|in|on|for|with) (?!(me|us|as|it|this|that|mine|all|both)\b)\w+|more (info|details?):
^(.* )?and this( one)?(\?|:)|(apply|applies|work|happen)s? (also )?(to|for|with|at)\b.*\?
if (that|it|this) (helps|matters|makes)|its only (doing|for|on|with|when)
(for|at|with|from|in) \w+ \w+ (too|as well)
(do|does|can) [\w ]{3,25}s (go|sync|send|post|come|transfer|integrate)
forgot to (say|mention|add|tell)|btw|by the way|fyi|to (clarify|be clear|add)
should (have |of |also )?(mention|said|add)\w*|(we|i|it|they) also
(does|do) (this|it|they|that) also
also (have|having|getting|got|seeing|happens?|the|a|an|on|for|what|how|where|our|my)|^just the
now \w+ \w+s (are|is|dont|wont|not)|^same here|us too|~also
(one|that|thats)s? (sorted|fixed|done|gone) (but|now|and)|this one (is |says|gets|says)
^(its )?only (when|if|for|on|with)|meanwhile|whereas|this (one|is it):|\d{1,2}(st|nd|rd|th) of
(got|have|theres) (\w+ )?(more|\w+ others|(two|three|four|\d+) (others?|more)) (like|of|with|
  failing|that)
(\d+|two|three|a few) more (came|failed|with)|then it <says>
(store|shop|till|branch|site) (has|gets|does) (this|it|the same)
it only \w+ (with|on|for|when|at|if)|now got|new \w+ (one|error|message)
(can|does|do|will) xero (do|support|handle|have|allow)
same (\w+ )?<error> (but|for|on|at|with|from)(?! (again|me|as|it|this|mine|my|all|both))
^same (for|at|on|with)|(only|just) (does|happens|happening|affects)(?! now)
(?<!what )happens (only|when|on|with|every|for)|(its|it is) (only )?happening (for|at|on|in)
attached|attaching|heres? (is )?(the|a|another|my)
~(oh )?and (the|our|my) \w+ ... (isnt|not|didnt|wont|doesnt|hasnt|havent)
"""
"""Another error, or more about this one: it is recognised like any other message."""
FAILED = r"""
<did> .*\b(but|and|still|just|again|no|nothing|same|however)\b .*(still|<fails>|<not>|same|no|
  nothing|again)
still(?! (learning|new|here|waiting for|thanks|great|good)) ... (<fails>|<not>|same|red|there|
  says|exists?|happening)
(the |same |exact )same (\w+ ){0,2}(<error>|thing|result|message)
same (<error>|issue) (here|again|after|as|even)|(no|not) (<no>|thanks to you)
(issue|problem|error)s? (is |are )?(still|remains?|persists?)|keeps? (\w+ )?(<fails>|coming)
(its|it|this|that|which|they)( is| has| was)? (not|never|wont|doesnt|didnt|does not|did not|
  hasnt) (\w+ )?(worked|let|work|help|fix|solve|save|allow|change)
<cant> do (that|it|this)|(without|not|any) (any |much )?(success|luck|joy)|not (whats|what is) wrong
<not> (the |my |our )?(cause|reason)|no further|identical|falls? over|<fails> again
(xero|it|clickpos) still (?!has now)|<not> .*difference|to the letter
(didnt|doesnt|hasnt|never|not) (\w+ )?(fix\w*|help\w*|work\w*|solv\w*)( \w+)?$
(but|then|now|and|has|its|theyre) (the other|\w+ others) .*<fails>
(but|and) (the )?(\w+ )?(others?|rest|\d+|one|two|three|some)( \w+){0,3} (<not>|<fails>)
but \w+ <not>$|<fails> (like before|again|as before)
"""
"""It did not help, whatever else is named. Not in a question."""
SOLVED = r"""
^(?!.*\b(<not>|<fails>|still|but|same|no|again|wrong|tried|already|someone|need|
  wait)\b).*\b<thanks>\b
^(?!.*\b(<not>|<fails>|still|same|again|wrong|get(ting)?)\b)(it|its|xero|all|theyre) .*\bnow$
^(?!.*\b(still|but|same|again|someone|tried|already|doesnt|didnt)\b).*\. <thanks>( \w+)?$
got rid of it|took it|bang on|there it goes|got it$
shows? (up )?as (paid|approved|authorised|synced)|^well spotted|thats the ticket
(when|now|once) you know how|^(?!.*<still>).*\b<outcome>\b.*\b<thanks>
^(?!.*<still>).*\b<thanks>\b.*\b<outcome>
but (it|that|they|its|all|yes)( (?!(<not>|still)\b)\w+){0,4} (through|in|sorted|did|does|has|
  works?|worked|working|all good|fixed|is now|is|are now)( \w+)?$
(dont|do not|no longer|doesnt|wont) need (\w+ )?(help|it|<you>|to|any\w+|a hand|this|that)
no (more|further|longer)|10 10
no (more )?(errors?|issues?|problems?)( \w+)* (now|since|this time|anymore)
not (an issue|a problem) (any ?more|now)
(?<!if )(?<!after )(it|they|that|all) (just )?went <through>
no (thanks|thank you|worries|problem|stress)(?! (to <you>|for nothing))
(?<!not )(?<!isnt )(working|works|<solved>|good|fine|ok|okay|happy|through|green) (now|again|fine|
  perfectly|great)
all (good|<solved>|fine|done|working)
everything (is |looks |went )?(good|green|fine|working|through|<solved>)
(?<!not )(?<!isnt )(?<!wasnt )(?<!never )(?<!be )(is|its|are|been|got|finally|now|thats|
  all) (now |been )?(<solved>|accepted|posted|green|synced)
got (it|that|them) (going|working|in|through|thru|<solved>|done)|(made|make) my (day|week|\w+day)
kudos|saved? (my|our|the) (bacon|day|life|butt|skin)
(believe|think|expect) ... (but|worked|fixed|did|easy|simple)(?!.*<still>)
"""
"""It is solved, though words of a fault are in it. Not in a question."""
DETAILS = r"""
#?[a-z]{0,4}[-_ ]?\d{4,}|(inv|po|cn|bill|invoice|order|ref|code|account)\w* .{0,12}\d{2,}|\d+\.\d\d
\$\d+|as well|version|(its|it is|it was|this is|that was|thats) (for|from|on|at|dated)
was (a|an) \w+ from
(its|it is|it was|this is|that was|thats) the ... (store|shop|customer|supplier|till|branch)
(its|it is|it was|this is|that was|thats) an? (\w+ )?(refund|credit|return|layby|gift|bill|sale|
  quote|cash)
(?<!on )the (?!fix|error|problem)(\w+ ){1,5}(is|was) \d
(customer|supplier|store|shop|branch|amount|total|invoice number|ref|sku|item) ... (is|was|called)
"""
"""Facts about the error, where nothing is asked: news as well."""
NOT_SOLVED = r"""
still(?! (learning|new|here|waiting for|thanks|great|good))|persist\w*|<not>( \w+){0,3}? <works>
<not>( \w+){0,3}? (our|my|the|a) (problem|issue|case|cause|reason|answer|one)
(it|its|that|thats|this|they|xero|clickpos|payments?|invoices?|sales?|till|fix|steps?|one|system|
  answer) .{0,25}\b<not>
(no|zero|not|exactly|exact|the|very|get|got|getting|same) (the )?(\w+ )?same|^same|same$
same (\w+ ){0,2}(<error>|result|again|as before|old|story|deal|outcome|red|screen|way)|no (<no>)
nothing|nada|zilch|unchanged|but no|ffs|keeps?|kept|continues?|again and again|over and over
(its|it is|it|came|comes|come|is|error|message) (come |came |comes |right |
  straight )*back(?! (later|to draft|how)|.*\?)(?! (in business|up|on))
happen(ed|ing|s) again|(pops|popped|came|comes|come|shows?|showed|turned) up (again|red|with)|nup
each time|every time|what i (already )?(did|have|tried)
(error|failed|refused|rejected|stuck|red|it|that|out) again
(?<!thanks )(?<!working )(?<!flowing )again$|(then|has|have|its) stopped
not (what (i|we)|quite|really|yet|today|happy|helpful|useful|good|great|it|me|for me|here|this|
  any|even)(?! (me|us) (who|that))
ugh|argh|gr+|did it again
[\U0001f621\U0001f624\U0001f62d\U0001f629\U0001f622\U0001f620\U0001f92c\U0001f44e]|unsuccess\w*
another red|circles|loop|:sad:|remains?|broke\w*|too (hard|complicated|difficult)|spits?|kick(s|ed)
useless|rubbish|waste of time|unhelpful|hopeless|worse|garbage|crap|joke
(does not|doesnt) (apply|relate)|nothing to do with|irrelevant
(thats|its|this is|answer is|is|^)(all |just )? ?(wrong|incorrect)|wrong (answer|error|advice|one)
nowhere|negative|only (fixed|worked|did|helped|half|some|one)|(gave|give|giving) up|square one|stuck
knock\w* back|spin\w*|something else|hangs|hanging|times? out|<fails>|:-1:|:thumbsdown:
unfortunately|i dont have (that|this|it)
"""
NOT_SOLVED_ASKED = r"""
how many times|who else(?! )|what (now|next|else)(?! (once|when|after|do i (click|press)))|now what
got anything else|anything else (i|we|to|you)|plan b|what should i try
(any )?(more|other|better|further) (ideas?|suggestions?|options?|solutions?)
"""
"""It did not help, so what else is there?"""
OUTCOME = r"""
<solved>|worked|works|working|synced|syncing|helped
(that|it|this|finally) (has |have )?(just )?(did|done) it|(made|makes) it (work|go)|away laughing
it is (ok|fine|good)|^did it|was it|accepted|posted|(did|done) the trick|found it|you were right
(was|thats) (the|my) (problem|issue)|(showing|shows|marked) (up |as )*(now|paid|approved)|turns out
<it>s? (is |are |has |have |all )?(gone )?in( now)?$|let me (do|in|through|approve)
(good|fine|green) now|come right|good to go|back up|back on track|back in business|happy days
^got it|(<i>|ive|weve|have) got it|got it (now|thanks)|relief|back to normal|much better
thats better|job done|case closed|running again|processed|:happy:|landed|thumbs up|painless
(problem|error|issue|message|it|its|thats|all)s? (has |have |is |are |all |now )*(gone|cleared)
no longer|gone away|disappeared|cleared|whoop|cool as|(thats|that was) the one( \. )?(<thanks>|$)
up and running|across|too easy|easy|success\w*|all (through|green|in|sent|clear)
<goes> (straight |all |right |back |ok |fine )?(<through>|in|up|green|ok|fine)
"""
"""It is solved, where nothing says that it is not."""
TRIED = r"""
tried|retried|re did|redid|already|reconnected|restarted|twice|three times|followed
<did> (that|this|it|all|everything)|have done|ive done
(is|are|its|theyre|been|was|were|have|has|ive|weve) (all )?<state>
^(no|nope|nah|negative|na|didnt|doesnt|not)( \w+){0,2}$|no$
"""
"""What was done, and no more: it did not help."""
THANKS = r"""
<thanks>|merci|gracias|oblige\w*|explains (it|that|a lot)|appreciate\w*|grateful|makes sense|mint
mean as|all g|good as|ka pai|noice|ace|bravo|thats the ticket|owe you|averted|well spotted|noted
right you are|fab|fabulous|all go|^thats it( \.|$)|(very|so) good|tu meke|happy
(will|ill) (try|give|do) \w+|cheers will do|good call|hallelujah|10 ?10
close (this|it|that|the ticket)|no drama\w*|understood|gotcha|perfect|legends?|life ?saver|brilliant
brill|awesome|amazing|excellent|great|lovely|fantastic|sweet|beauty|bewdy|the best|done|champion
champ|star|nice|spot on|magic|bingo|wonderful|super|helpful|yay|top notch|solid|woo\w*|hooray|phew
genius|ripper|choice|bless|chuffed|impressed|gold|finally
good (bot|job|work|stuff|one|to know|spotting)|well done|<you> (rock|saved|made|nailed|beauty)
(i |^)love (it|this|you)|stoked|rapt|kudos|props|hats off|score
:(pray|\+1|thumbsup|tada|heart|raised_hands|clap|white_check_mark|ok_hand|100|partying_face):
:(heavy_check_mark|smile|slightly_smiling_face|grin|star|fire|muscle):
[\U0001f44d\U0001f64f\U0001f389\u2764\U0001f44f\U0001f64c\U0001f44c\U0001f60d\U0001f60a\U0001f600\U0001f601\U0001f4af\U0001f973\u2705\u2714]
"""
HELLO = r"""
^<hello>( (\. )?(?!(it|its|the|i|we|my)\b)\w+){0,3}[ .?]*$|[\U0001f44b]|:wave:
"""
"""Greetings, and other questions to the bot."""
