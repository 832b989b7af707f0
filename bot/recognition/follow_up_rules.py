"""Phrases of what people write after an answer, by what they want. Pure.

One phrase a line, a regular expression that is matched at the borders of words. `<list>` is a word
of a list, `...` up to 30 characters, `~` the beginning of a sentence. Phrases see lower case,
without apostrophes, and one dot between sentences. The rules are tried from top to bottom.
"""

import re

from bot.domain.verdicts import Intent

LISTS = {
    "somebody": """human|humans|person|persons|people|someone|some one|somebody|anyone|anybody|agents?
        |operator|reps?|technicians?|techs?|engineer|experts?|consultant|support|help ?desk|clickpos
        |customer (service|care)|supervisor|guys?|bloke|one of (you|your|the)
        |(your|the it|one of the) (guys?|team|staff|side|end|office|people|colleagues?)""",
    "adviser": """accountants?|bookkeepers?|book keepers?|boss|owners?|manager|admin\\w*|advis[eo]rs?
        |staff""",
    "you": "you|u|ya",
    "i": "i|we",
    "it": "it|this|that|they|these|those",
    "bot": "bot|robot|ai|machine|computer|automated|chat ?gpt|real|human",
    "subject": """it|its|this|that|they|these|those|there|i|we|my|our|the|a|any\\w*|every\\w*|xero
        |clickpos|all|one|customers|staff|\\w+ing""",
    "not": """not|never|didnt|doesnt|dont|hasnt|havent|isnt|arent|wasnt|werent|wont|cant|cannot
        |couldnt|wouldnt|aint|didn|doesn|nothing|none|neither""",
    "screen": """menu|screen|page|tab|button|section|setting|link|field|box|area|option|path|icon
        |bit|part""",
    "ring": "call|ring|phone|contact|email|text|message",
    "solved": "sorted|fixed|solved|resolved",
    "goes": "went|gone|go|going|goes|came|come|got|sent|pushed|sailed|flew|showing",
    "through": "through|thru|across|over",
    "error": "error|one|message|problem|issue|thing|question",
}
"""Lists of words that belong together."""

ASIDE = r"""
wrong (chat|person|channel|thread|window|group|room)
meant (to post|for|that for|this for)
not for you
ignore (me|that|this|my|the last)
^where (are|r) <you>
lunch|coffee|smoko|roster|shift|brb|courier|milk|what time|pizza|pub|birthday
^(?!(<opener>)\b)\w+ (\. )?(can|could|did|do|have|are|will|would|when) <you>
^((ok|okay|yep|yes|yeah|right|cool|sure|no worries) (\. )?)*<plan> (just )?<planned>
what i was (talking about|saying)
^([a-z]+ )?(is|was|said|says) (looking|on it|onto it|checking|away|off today|in today)
"""
LISTS[
    "opener"
] = """wh\\w+|how\\w*|hi|hey|hello|ok|okay|so|and|but|please|pls|thanks|cheers|sorry|bot
    |now|also|then|well|still|or|if|someone|somebody|anyone|anybody|support|xero|clickpos|morning
    |just|maybe|there|whereabouts|first|yes|no|yep|cool|great|right|this|that|it|thx|ta|ai|does|is"""
LISTS["plan"] = "ill|i will|let me|im (going|gonna)|gonna|well|ive"
LISTS["planned"] = """ask|asked|messaged?|email|emailed|check|call|called|ring|text|tell|told|let
    |grab|talk|speak|see|wait|go|be|do"""

OUTAGE = r"""
(xeros?|clickpos) ... (down|offline|outages?|broken|slow|playing up|unavailable|dead|crashed)
(xeros?|clickpos) not loading
xeros? ... (having|got) (\w+ ){0,2}(issues?|problems?|trouble)
(is|are) (the )?xeros? (\w+ ){0,2}(working|up|ok|okay|alright|fine|running|back)
known (issue|problem|outage|fault)s?|nationwide|for everyone|everyones xero
(xero|clickpos) (not |been |is |being )?(loading|responding|weird|funny|off|slow)
(anything|something) (wrong|going on|up) (with|at) xero
~.{0,30}xero .{0,20}(today|this (morning|arvo|afternoon)|right now|at the moment|atm)\?
outages?|status page|xeros? (server )?status|status of xero|maintenance
(down|offline) ... xero
(is|are) (it|things|everything|the (\w+ )?(system|servers?|site|internet|api)) (\w+ )?(down|offline)
(any|every)(one|body) (else )?(is |are )?(having|getting|seeing|got|with|had|reporting|affected)
(others?|other (shops|stores|people)) (is |are )?(having|getting|seeing|got|with|had|affected)
(just|only) (us|me|our shop)
"""
GREETING = r"""
^(please |pls |need |i need )?help( me)?( please| pls)?\W*$
^(<hello>)? ?(xero help|bot|xero bot|help ?bot)\??$
who (made|built|runs|owns) (<you>|this)|explain yourself|examples?\?|knock knock
how (can|could) <you> help|what (do i|can i|should i) do (here|with this)
how are (<you>|things)
hows it going|whats up
(are|r) <you> (\w+ ){0,2}(<bot>|there|on|awake|working|online|alive|listening|person|able)
you (there|here|awake|alive)\?
you (a )?<bot>\?
your name
am i (talking|speaking|chatting)
who (are|is|r|am i) (<you>|this|talking|speaking|chatting)
who(s| is) (this|there)
what are <you>
^what(s| is) this\?*$
what (is|s|does) (this|the) (bot|thing|app|chat|channel)
whats this (bot|thing|app|chat|for)
^(the|this) bot|(is|does|can|will|what|how) .*(this|the) bot
monitored|do <you> (only|learn|know|do|ever|sleep|remember|understand)
what (sort|kind) of .*(can|do) (i|we|you)|my options|do i (just )?(paste|send|type|upload|attach|ask)
(is|are) (a )?(photo|picture|screenshot|pdf)s? (ok|okay|fine|good enough)
(can|could|may) i (type|write|post)
(what|which|how many) ... (can|do|could|does) (<you>|this thing|it) (\w+ )?<able>
what (can|do|should|could|else can) <i> (\w+ )?(send|ask|paste|say|give|use|tell)
how (do|does|can|to) (i |you |we )?(use (you|this( bot| thing)?)|this (thing )?work)
how (do|does|can) (you|it) work|how to talk to you
^(test|testing|ping|menu|start|commands?|options|hello|hi|hey|about)[ .?!\d]*$
(is|are) <it> (a |an |the )?(<bot>|thing on)
any(one|body) (there|home|here|alive|awake)(?! (who|can|to|that|i))
new here|first time (using|here|on)|never used (this|you)
(can|do|could|will) <you> (only |also |even |just |actually )?<skill>
(can|could|may) <you> help(?! me (to |with )?(do|find|fix|change|approve|with))
(have|got|quick) (a )?(quick )?questions?$
ask (you )?(something|a question)
(can|do|should|could|may) <i> (\w+ )?(send|show|give|upload|tell|forward|paste|attach) <you>
(can|should|could|may) <i> (send|show|upload|paste|attach) a (photo|picture|screenshot|file)
"""
LISTS["able"] = "do|know|help|handle|answer|cover|understand|support|need"
LISTS["skill"] = """read|speak|understand|know|answer|recogni[sz]e|accept|handle|see|work|support
    |do (other|anything|more|\\w+ too)|check xero\\w*"""

PERSON = r"""
(speak|talk|chat|connect|transfer|put|pass|hand|get|reach|hold|through|forward) ... <somebody>
(contact|complain\w*) ... <somebody>
(want|need|like|prefer|find|send|give|got|have|rather) ... (?<!tell )(?<!ask )<somebody>(?! (else|having))
(<ring>|assign) ... <somebody>
(is|are) there ... <somebody>(?! (else|having))
<somebody> ... (<ring>|help|look|take over|available|around|free|log ?in|online|onsite|come|fix)
<somebody> ... (sort|do it|do this|talk|speak|show me|remote|dial|check it|check this|on duty)
<somebody> ... (assist|get back|out here|step in)
<ring> (me|us|the shop|the store|back|someone|support|about this|him|her|0\d+|on)
0\d{1,3}[ -]?\d{3}[ -]?\d{3,4}
who (do|can|should|could|would|else can) <i> (\w+ )?(<ring>|talk|speak|chat|get hold)
(phone|support|contact|help ?line|mobile) (number|no|line|desk|email|details|phone)
number (for|of|to (call|ring))
call ?back|hot ?line|escalat\w+|humans?|ticket|complaint
(real|actual|live) (person|people|human|one|agent)
(not|dont want|no more|hate|stop) (a |with |the |this )*(bot|robot|machine|articles)s?
(raise|log|open|create|lodge|submit|start|file) (me |us |a |the )*(support |help )?(case|job|request)
team ?viewer|any ?desk|screen ?share|zoom|onsite
remote(ly)? (in|on|access|session|into|log|fix)\w*
(can|could|will|would|please|just) (<you> )?(please |pls |just )?(fix|sort|do) <it> for (me|us)
^(agent|operator|support|person|human|someone|somebody|representative)( please| pls| plz| now|\?)*$
^(technician|engineer|help ?desk|escalate|call)( please| pls| plz| now|\?)*$
(need|want|like|prefer|rather) to (talk|speak|chat)
one of you|(transfer|patch) (me|us)|live chat|a hand here|sort (it|this) (out )?for (me|us)|<it> for (me|us)
(book|arrange|organise|organize|schedule) (a |an |me |us )*(call|visit|session|time|appointment|someone)
<somebody> (please|pls|plz|asap|urgently|now)
(need|want) ((more|some|urgent|proper|further|real|actual) )?help (asap|now|urgently|today|right)
(reach|get hold of|talk to|speak to|contact) (you|u|you guys)|whats (your|ur|the) (phone|number)
(can|could|will) <you> guys|who (is|s) on support|support (hours|team|today|line|please|pls)
just (fix|sort) (it|this)|(need|want) (it|this) (fixed|sorted)|assistance|0800
"""
NEWS = r"""
(another|different|new|second|one more|extra)( xero| clickpos)? <error>
(another|different|new|second|other) (shop|store|branch|till|site|invoice|bill|customer|supplier)s?
next (one:|error|problem|question|issue)
(error|message|problem|wording|it)s? (has |have )?changed
this time(?! (ty|thanks|cheers))
one more|unrelated|while (youre|im|were) (here|at it)
(~|but |and |then |that |one |ok )now <new>(?! (<good>|worse|even worse))
(?<!does )(?<!do )(?<!did )(it|its|xero|clickpos|screen) (now |then |just |also )?<says>(?! the same)
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
^same here|us too
same (\w+ )?<error> (but|for|on|at|with|from)(?! (again|me|as|it|this|mine|my|all|both))
(only|just) (does|happens|happening|affects)(?! now)
(?<!what )happens (only|when|on|with|every|for)
attached|attaching
heres? (is )?(the|a|another|my)
"""
"""Another error, or more about this one: it is recognised like any other message."""
LISTS["new"] = """the|its?|im|ive|i|we|were|my|our|a|an|there|theres|they|xero|clickpos|all|\\w+s"""
LISTS["good"] = "working|works|fixed|sorted|fine|good|gone|in|done|worked|ok|okay|all"
LISTS["says"] = "says?|said|saying|shows?|showed|reads|complain\\w*"

HOW = r"""
how (do|can|would|should|to|d|am|must) ?(i|we|you|u|one)?(?! (know|mean))
where(s|abouts)?(?! <you>)
"""
SAFE_FIRST = r"""
what (happens|will happen|would happen|if|role|access|permissions?|rights)
what are the (risks?|consequences)
safe(ly|r)?|risk\w*|danger\w*|undo(ne|ing)?|reversib\w+|revert|harm
revers(e|ed|ing) <it>
worr(y|ied|ying)|scar(ed|y)|nervous|afraid|hesitant
(dont|do not|not) (want|wanna) (to )?(break|mess|stuff|lose|wreck|ruin|delete|screw|muck|make)
<will> .{0,50}\b<damage>
who (can|should|is|has|does|needs?|would|may|must|gets?|approves?|normally|usually|do i need|else)
whos (allowed|meant|supposed|responsible)|whose job
(problem|issue|ok|okay|fine|alright|all right|bad|matter) if
(dont|do not|only|just) have .{0,20}(access|login|log in|permission|admin|rights|role)
(ok|okay|fine|alright|all right|safe|bad|wrong) (for \w+ )?to
whats the worst|careful|watch (out|for)|the catch|big deal|pay grade|deadline|matters?\?
(can|should|could) <i> (just )?(ignore|leave|skip|carry on|keep|wait|continue)
(keep|carry on) (selling|trading|going|using|working)
allowed to|am i allowed|authori[st]y|permi(ssions?|tted)|urgent|meantime
(can|could) <it> wait
how (long|soon|risky|urgent|bad|serious|much time)
~(is|are|does|do|can|must|should|will|would|has|could|may|better) .{0,40}\b<adviser>
"""
LISTS["will"] = """will|would|could|might|gonna|going to|wont|does|do|can|am i"""
LISTS["damage"] = """delete|lose|break|mess|stuff|wreck|ruin|affect|double|twice|duplicat\\w*|damage
    |change (the|my|our|last|any)|wipe|screw|upset|overwrite|mucks?|cause|charged?|disappear
    |go missing|throw out|notice|matter|email"""

WHERE = r"""
where(s|abouts)?|(what|which) place|location|which(?! means)
(cant|cannot|can not|dont|couldnt|could not|do not|didnt|not|doesnt) (find|see|seeing|locate|spot)
(dont|do not|didnt|not|doesnt) (have (a|an|the|that|any)|finding|show me|exist|appear|come up)
cant c|(there|they) (isnt|arent|is not|are not) (a|an|any|no)|unable to (find|see)
(dont|didnt|not) get (a|an|the|that) <screen>
(only|all i) (see|can see|get)|(got|have) (a|the) (link|path|url)|direct link|back ?office
(theres|there is|there isnt|there are|i have|i got|ive got|got|i see|see|has|but|and|found) (no|only) \w+
no (such |\w+ ){0,2}<screen>
(isnt|not|arent|wasnt) (there|here|showing|on (mine|my|the)|listed|visible|in (the|my) (menu|list))
(mine|screen|menu|page) (doesnt|does not|looks|is different)
gr[ea]yed
(button|option|menu|tab|link)s? (is |are )?(missing|gone)
(is|are) there (a|an|any|some) (?!risk|danger|harm|chance|human|person|number|phone|problem|outage)\w+
in (xero|clickpos) or
(xero or (in )?clickpos|clickpos or (in )?xero)\?*$
how(?! (come|are <you>|(did|does|do|could|can) <it>|long|soon|many|much|risky|urgent|safe|bad|about))
(no idea|dont know|not sure|unsure|never did|forgotten|know|tell me|learn|remind me) (how|where|which)
never done (that|this)
what (<screen>|program|app|order)s?
what( exactly)? (do|should|would|must|shall) <i> ... <press>(?! (now|next|else|instead|if|wrong))
(is|are|was) (it|that|this|they|those|\w+ \w+s) (\w+ )?(in|under|on the|inside|within|at the)
what(s| is) (it|that) (under|in|on|called)
what(s| is) the (path|way|link|url|trick|best|right|quickest|easiest|next step|step)
do <i> (just )?(go|look|click|press|open|tick|need to (go|open|click)|have to (click|press|go|open))
(walk|talk|take|guide|run|step|help) (me|us) (thr\w+|with|to|do|find|change|approve)
(show|teach|point|direct|give|send|guide) (me|us)(?! (a call|to (a|some)))
tell (me|us) (how|where|which|what to|the)
instructions?|guide|video|tutorial|walk ?through|step by step|screenshots?|process|procedure
steps? (for|to|on|one|\d\?|please|pls)|whats step|steps\?
need (help|a hand) (to|with|\w+ing)
(best|quickest|easiest|right|proper|correct|fastest|simplest|a|another|any|other) way (to|of|i)
is it possible to|moved|looking for|then what|what then
do i \w+ ... first
"""
LISTS["press"] = (
    """click|press|do|tick|select|pick|choose|put|enter|type|set|change|open|fill|hit"""
)

WHY = r"""
why|how come|whats(?! (up|next))
~what(?! (now|next|else|about|up))
what (does|do|did|is|are|was|were|the|exactly|caused|means|actually|happened|went wrong)
how (did|does|do|could|can) <it>
(^|and |but )y( tho\w*)?\??$|eli5|vs|versus|difference between|since when|used to|cos of|cuz of|coz of
(was|were|worked|working) (fine|ok|okay|good) (yesterday|before|last|until|this morning|on \w+day|till)
worked (yesterday|before|last|until|this morning|on \w+day)
~(isnt|arent|wasnt|werent|shouldnt|wouldnt) .*\?
(are|were|am|did|do|have) <i> (\w+ )?(something|anything) wrong|not sure (i|if|why|that)
who (changed|broke|deleted|did that|did this)
mean(s|ing|t)?|defin\w+|explain\w*|reasons?|caus(e|es|ed|ing)|trigger\w*|confus\w+|unclear
(?<!makes )sense
<not> (really |quite |fully )?(understand\w*|get (it|that|this|what)|follow\w*|know what|clear)
not sure what (it|that|this|you)
(plain|simple|normal|real|proper|simpler|other) (english|words|terms|language)
in english|layman\w*|jargon|dumb\w* (it )?down|dummies|gibberish|gobbled\w+|double dutch|greek
lost me|too technical|simpler
more (info|information|detail)\w*|tell me more
^(huh|what|eh|pardon|sorry|come again|say again|meaning|so|really)( what)?\?+$
^(huh|eh|wdym|pardon)
(my|our|your|whose|their|xeros?|clickposs?|someones?)( guys)? (fault|doing|mistake|end|side|bug)
(whose|a|an|xeros?|clickposs?) (clickpos |xero )?(problem|issue|thing)\?*$
(clickpos|xero) (problem|issue) or
fault|coincidence
~(is|was|are|were|could) <it> (\w+ )?(a|an|because|due|from|something|normal|common|supposed|the)
~(is|was|are|were|could) <it> (\w+ )?(meant|related|always|coming|my|our|your)
~(did|has|have) (i|we|some\w+|xero|clickpos|the \w+|my \w+|it|this|they|any\w+)
"""
SOLVED_AFTER_ALL = r"""
but (it|that|they|its|all) ((is|did|does|has|are|works?|worked|working|all|good|fine|now) ?)+
(dont|do not|no longer|doesnt|wont) need (\w+ )?(help|it|<you>|to|any\w+|a hand|this|that)
no (more|further|longer)
not (an issue|a problem) (any ?more|now)
no (thanks|thank you|worries|problem|stress)
(?<!not )(?<!isnt )(working|works|<solved>|good|fine|happy|through) (now|again|fine|perfectly|great)
all (good|<solved>|fine|done|working)
(?<!not )(?<!isnt )(?<!wasnt )(?<!never )(is|its|are|been|got|finally|now|thats|all) (now |been )?<solved>
got (it|that|them) (going|working|in|through|thru|<solved>|done)
"""
SAFE = r"""
~who(?! (changed|broke|did|closed|was|left|put|made|took|had|opened|is on|wants))
~(can|could|should|may|must|shall|do|does|will|would|am|might|is|are|if) (<subject>|ok|okay to)
(should|can|could|may|must|do) <i>
if <i> .*\?
(will|would|does) (it|that|this|they|my|our|the)
(myself|<adviser>|access|rights|log ?in) .*\?
ok(ay)? to
or (should|will|does|is|only)
"""
DETAILS = r"""
#?[a-z]{0,4}[-_ ]?\d{4,}
(inv|po|cn|bill|invoice|order|ref|code|account)\w* .{0,12}\d{2,}
\d+\.\d\d
\$\d+
as well
(its|it is|it was|this is|that was|thats) (for|from|on|at|dated)
(its|it is|it was|this is|that was|thats) the ... (store|shop|one|customer|supplier|till|branch)
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
no (luck|joy|change|difference|different|good|dice|go|improvement|success|better|help|use)
no (effect|cigar|result|progress)
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
useless|rubbish|waste of time|unhelpful|hopeless|worse|garbage|crap|joke|doesnt apply
(thats|its|this is|answer is|is|^)(all |just )? ?wrong|wrong (answer|error|advice)|nowhere|negative
only (fixed|worked|did|helped|half|some|one)
(gave|give|giving) up|square one|stuck|knock\w* back|spinning|hangs|hanging|times? out
fail\w*|refus\w*|reject\w*|bounc\w*|error(s|ed|ing)?|crash\w*
[\U0001f44e]|:-1:|:thumbsdown:
"""
LISTS[
    "works"
] = """work\\w*|help\\w*|fix\\w*|solv\\w*|chang\\w*|anything|any difference|a difference
    |resolv\\w*|sort\\w*|through|thru|across|over|away|happ\\w+|done|do it|do the trick|it|budg\\w+
    |right|correct|true|make|go|let|send|sync\\w*|accept\\w*|stick|stuck|take|come|came"""

OUTCOME = r"""
<solved>|worked|works|working|synced|syncing|helped|(that|it|this|finally) (just )?did it|^did it|was it
(did|done) the trick|found it|you were right|(was|thats) (the|my) (problem|issue|one)
(showing|shows|marked) (up |as )*(now|paid|approved)|turns out|<it>s? (is |are |has |have |all )?(gone )?in( now)?$
let me (do|in|through|approve)
(good|fine) now|good to go|back up|back on track|back in business|happy days
^got it|(<i>|ive|weve|have) got it|got it (now|thanks)
its gone|errors? gone|gone away|disappeared|cleared|up and running|across|too easy|easy
<goes> (straight |all |right |back )?(<through>|in|up)
success\w*
all (through|green|in|sent|clear)
"""
TRIED = r"""
tried|retried|re did|redid|already|reconnected|restarted|twice|three times|followed
have done|ive done|did that|done that|did all|done all|did everything
^(no|nope|nah|negative|na|didnt|doesnt|not)
"""
THANKS = r"""
thanks?|thank you|thankyou|thanx|thnx|thx|tks|tx|ty|tysm|tyvm|tnx|cheers|chur|ta|tah|merci|gracias
appreciate\w*|grateful|makes sense|mint|mean as|all g|good as|ka pai|noice|tu meke|happy
(will|ill) (try|give)|cheers will do|good call|no drama\w*|understood|gotcha
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
LISTS["hello"] = """hi|hello|ello|hey|heya|hiya|yo|oi|psst|talofa|bula|malo|namaste|bonjour|aloha
    |good arvo|arvo|gday|g day|gidday|howdy|kia ora|morning|afternoon
    |evening|good (morning|afternoon|evening|day)|hola|greetings|sup"""

RULES: tuple[tuple[Intent | None, str], ...] = (
    (Intent.ASIDE, ASIDE),
    (Intent.OUTAGE, OUTAGE),
    (Intent.GREETING, GREETING),
    (Intent.PERSON, PERSON),
    (None, NEWS),
    (Intent.WHERE, HOW),
    (Intent.SAFE, SAFE_FIRST),
    (Intent.WHERE, WHERE),
    (Intent.WHY, WHY),
    (Intent.THANKS, SOLVED_AFTER_ALL),
    (Intent.SAFE, SAFE),
    (None, DETAILS),
    (Intent.NOT_SOLVED, NOT_SOLVED),
    (Intent.THANKS, OUTCOME),
    (Intent.NOT_SOLVED, TRIED),
    (Intent.THANKS, THANKS),
    (Intent.GREETING, HELLO),
)
"""The first rule with a phrase in the message decides: a question comes before what is wrong, and
that before thanks, as in "thanks but it still doesn't work". None: recognised like any other.
"""
_SENTENCE = (
    r"(?:^|[.?] )(?:(?:so|and|but|ok|okay|hi|hey|hello|thanks|cheers|please|pls|sorry|also|then|or|"
    r"wait|well|just|umm?|hmm) (?:\. )?)*"
)


def compiled(phrases: str) -> re.Pattern[str]:
    """Return the pattern of a rule: any of its phrases."""
    return re.compile("|".join(_expression(line) for line in phrases.split("\n") if line))


def _expression(phrase: str) -> str:
    made = phrase.replace(" ... ", r"\b.{0,30}\b")
    for _ in range(3):  # lists may name lists
        made = re.sub(r"<([a-z]+)>", lambda found: _words(found[1]), made)
    made = re.sub(r"\((?!\?)", "(?:", made).replace("~", _SENTENCE)
    return rf"(?<!\w)(?:{made})(?!\w)"


def _words(name: str) -> str:
    return "({})".format(re.sub(r"\s*[|]\s*", "|", LISTS[name]))
