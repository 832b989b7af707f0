"""Phrases of questions after an answer. `rules` says how they are read. Pure."""

OUTAGE = r"""
(cant|cannot|unable to) (log ?in|log on|get in|get on|sign in) ?(to )?xero|into xero
xeros? (wont|not|isnt|is not) (open|opening|load|loading)|xero ... back (up|online)
is it xero or|hows xero|(with|at) xero (this|today|right|now)|(problem|issue)s? at the moment
xeros? ... (glitch\w*|buggy|timing out|lagg\w+|hiccup\w*|stuffed|munted|died|acting up|shocker)
(can|is) (anyone|anybody|everyone) (else )?(\w+ )?(get|getting|log|logging|access|open|use|using)
(any|some) (xero )?(issues|problems|trouble|outages) (today|this morning|right now|at the moment)
xeros? (servers?|api|site|website|login|log in) (ok|up|down|working|slow|broken)
(problem|issue|trouble|anything wrong|something wrong)s? with xero
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
xeros? (website|site|app|page) ... (wont|not|isnt|doesnt)
(just|only) (us|me|our shop)(?! (that|who|and))
"""
GREETING = r"""
^(please |pls |need |i need )?help( me)?( please| pls)?\W*$
^(<hello>)? ?(xero help|bot|xero bot|help ?bot)\??$
who (made|built|runs|owns) (<you>|this)|explain yourself|examples?\?|knock knock
how (can|could) <you> help|what (do i|can i|should i) do (here|with this)
if you work|how \w+ are you|how (do|can) i (talk|speak|write) to you|pay for (this|you)
^what do i type\?*$|any(one|body) out there|(this|the) (\w+ ){0,2}(thing|bot) do
how are (<you>|things)
hows it going|whats up
(are|r) <you> (\w+ ){0,2}(<bot>|there|on|awake|working|online|alive|listening|person|able)
you (there|here|awake|alive)\?
you (a )?<bot>\?
your (name|job|purpose)|automatic|hows things|^you (there|here|awake|alive|up)|is this where
(is|are) (someone|somebody|anyone|anybody) (there|here|home)|right (place|channel|spot)
am i (talking|speaking|chatting)
who (are|is|r|am i) (<you>|this|talking|speaking|chatting)
who(s| is) (this|there)
what are <you>
^what(s| is) this\?*$
what (is|s|does) (this|the) (bot|thing|app|chat|channel)
whats this (bot|thing|app|chat|for)
^(the|this) bot|(is|does|can|will|what|how) .*(this|the) bot
(everything|things|what) you (can|do|are|know|could)|introduce yourself|are you free
(human|humans|person|people|someone|anyone|anybody) (reading|read|see|seeing|watching|monitoring)
(is|are|does) this .*(a|an|real|actual) (person|human|bot)|humans? or (a )?bot
send (a |the )?(screenshots?|photos?|pictures?)|get started|how do i start|commands
^<hello>\?* any(one|body)
is this (xero|clickpos|chat|line|private|recorded|free|confidential)|me again|^<hello> again
(just )?(testing|trying) (this|it)( out)?$|just testing|saying hi|new to (this|slack)|^im new
(told|asked) (me |us )?to (ask|message|come|post) (here|you)|if (this|it) works
not sure (how|what) (this|you) (works?|do|are|is)|what is it you|who dis|help needed
(need|want|after) (some |a bit of |a little )?help$|can you assist|assist me|help me out
opening hours|24 ?7|joke|weather|what version
who (else )?(can see|sees|reads) (this|it)
what (can|does|could) (this|it) do|(talk|speak|write) to you in
monitored|~do <you> (only|learn|know|do|ever|sleep|remember|understand)
what (sort|kind) of .*(can|do) (i|we|you)|my options|~do i (just )?(paste|send|upload|attach|ask)
(is|are) (a )?(photo|picture|screenshot|pdf)s? (ok|okay|fine|good enough)
(can|could|may) i (type|write|post)
(what|which|how many) ... (can|do|could|does) (<you>|this thing|it) (\w+ )?<able>
what (can|do|should|could|else can) <i> (\w+ )?(send|ask|paste|say|give|use|tell)
how (do|does|can|to) (i |you |we )?(use (you|this( bot| thing)?)|this (thing )?work)
^(so |and |ok )?how (do|does|can) (you|it) work|how to talk to you
is this the (\w+ ){0,2}(thing|bot|helper|app|place)|what exactly are <you>|ask you
~do <you> (keep|store|save|share|record|see)|things you (can|do)|who (wrote|writes)|manual for
(person or a bot|bot or a person)|is (this|the) thing (on|working)|^<hello> .*(new|first time)
is xero (having|being|playing|acting)
^test(ing)?\b.{0,12}$|is this (being|the (help ?desk|support))|what is xero help
^(ping|menu|start|commands?|options|hello|hi|hey|about)[ .?!\d]*$
(is|are) <it> (a |an |the )?(<bot>|thing on|person)
any(one|body) (there|home|here|alive|awake)(?! (who|can|to|that|i))
new here|first time (using|here|on)|never used (this|you)
(can|do|could|will) <you> (only |also |even |just |actually )?<skill>
(can|could|may) <you> help(?! me (to |with )?(do|find|fix|change|approve|with))
(have|got|quick) (a )?(quick )?questions?$
ask (you )?(something|a question)
(can|do|should|could|may) <i> (\w+ )?(send|show|give|upload|tell|forward|paste|attach) <you>
(can|should|could|may) <i> (send|show|upload|paste|attach) a (photo|picture|screenshot|file)
"""
WHY_FIRST = r"""
~why|how come|are you saying|(us|me|you|them) or (xero|clickpos|you|them)|(end|side) or
there a reason|(simple|plain|normal|easy) (terms|words|english|language)|not english
~(does|did) <it> happen|(any|the) reason|^\?+$|what (does|do|did) ... mean
"""
"""Questions that are about the reason, whatever else they name."""
HOW = r"""
how (do|can|would|should|to|d|am|must) ?(i|we|you|u|one)?(?! (know|mean))
where(s|about|abouts)?(?! <you>)|(but|and|so|ok) how|how\??$
"""
"""Questions for the way, whatever else they name."""
SAFE_FIRST = r"""
good idea|recommend\w*|advis(able|ed)|better (to|if|off)|wise|side effects?|impact\w*
implications?|consequences?|affect\w*|responsib\w+|sign.?off|whose (login|job)|(my|our) job
are you (sure|certain)|what (\w+ )?role|downsides?
something (i|we|my|the|for) (\w+ )?(can|could|should|does|do|needs?)
touch(ing)?|im (only|just) (a|an|the)|only (the )?<adviser>|told (us|me) not to|not allowed
dodgy|permanent(ly)?|irreversible|forever|sounds risky|kill me|told off
~when (do|does|should|will|can|must)|what will
think (its|it is|thats|this is) (ok|okay|safe|fine|right)
(go|goes) wrong|going to happen|happens? to|what will
what (happens|will happen|would happen|if|role|access|permissions?|rights)
what are the (risks?|consequences)
safe(ly|r)?|risk\w*|danger\w*|undo(ne|ing)?|reversib\w+|revert|harm
revers(e|ed|ing) <it>
worr(y|ied|ying)|scar(ed|y)|nervous|afraid|hesitant
(dont|do not|not) (want|wanna) (to )?(break|mess|stuff|lose|wreck|ruin|delete|screw|muck|make|double)
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
"""What it does, and who may do it."""
WHERE = r"""
where(s|abouts)?|(what|which) place|location|which(?! means)
(cant|cannot|can not|dont|couldnt|could not|do not|didnt|not|doesnt) (find|see|seeing|locate|spot)
(dont|do not|didnt|not|doesnt) (have (a|an|the|that|any)|finding|show me|exist|appear|come up)
nowhere to be|nowhere (in|on)|hidden|hiding|(doesnt|dont|does not|do not) have (it|that|this|one)
~(is|are) \w+( \w+)? (a|an|the) <screen>|called (something|anything|what)|another name for
(cant|dont|couldnt) seem to (find|see)|(searched|looked|looking) everywhere|(a|the) link
cant c|(there|they) (isnt|arent|is not|are not) (a|an|any|no)|unable to (find|see)
looked (under|in|at)|lives?|(top|side|left) menu|~you mean (the|in|on)|(sign|trace) of|new layout
looks (different|nothing)|in the wrong
no such|exact clicks|guidance|what(s| is) it \w+ under
(dont|didnt|not) get (a|an|the|that) <screen>
(only|all i) (see|can see|get)|(got|have) (a|the) (link|path|url)|direct link|back ?office
(theres|there is|there isnt|there are|i have|i got|ive got|got|i see|see|has) (no|only) \w+
(but|and|found) no (?!(<no>)\b)\w+
i only (have|see|get)
no (such |\w+ ){0,2}<screen>
(isnt|not|arent|wasnt) (there|here|showing|on (mine|my|the)|listed|visible|in (the|my) (menu|list))
(mine|screen|menu|page) (doesnt|does not|looks|is different)
gr[ea]yed
(button|option|menu|tab|link)s? (is |are )?(missing|gone)
(is|are) there (a|an|any|some) (?!risk|danger|harm|chance|human|person|number|phone|problem|outage)\w+
in (xero|clickpos) or
(xero or (in )?clickpos|clickpos or (in )?xero)\?*$|in xero .* or clickpos
is it the (cog|gear|three|one|little|big|top|bottom|left|right|first|second) |(web|app|desktop) only
how(?! (come|are <you>|did|was|were|has|have|(does|do|could|can) <it>|long|soon|many|much|risky|urgent|safe|bad|about))
(no idea|dont know|never did|forgotten|know|tell me|learn|remind me) (how|where|which)
(not sure|unsure) (how|where|which)( (to|i|do|you|it)|$)
~do you mean|what(s| is) the <screen>
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
instructions?|guide|video|tutorial|walk ?through|(explain|need|give|show|do|a|get) .*step by step
screenshots?|process|procedure
(what|list|give|tell|show|repeat) .*the steps|exactly what to <press>|involved in
steps? (for|to|on|one|\d\?|please|pls)|whats step|steps\?
need (help|a hand) (to|with|\w+ing)
(best|quickest|easiest|right|proper|correct|fastest|simplest|a|another|any|other) way (to|of|i)
is it possible to|moved|looking for|then what|what then
do i (?!need|have)\w+ ... first
"""
WHY = r"""
why|how come|whats(?! (up|next))
~what(?! (now|next|else|about|up))(?!.* (next|else|try)\b)
what (does|do|did|is|are|was|were|the|exactly|caused|means|actually|happened|went wrong)
how (did|does|do|could|can) <it>
(^|and |but )y( tho\w*)?\??$|eli5|vs|versus|difference between|since when|used to|cos of|cuz of
coz of
(was|were|worked|working) (fine|ok|okay|good) (yesterday|before|last|until|this morning|on \w+day|till)
worked (yesterday|before|last|until|this morning|on \w+day)
~(isnt|arent|wasnt|werent|shouldnt|wouldnt) .*\?
(are|were|am|did|do|have) <i> (\w+ )?(something|anything) wrong|not sure (i|if|why|that)
who (changed|broke|deleted|did that|did this)
mean(s|ing|t)?|defin\w+|explain(ing|ed)?|reasons?|caus(e|es|ed|ing)|trigger\w*|confus\w+|unclear
(?<!makes )sense
<not> (really |quite |fully )?(understand\w*|get (it|that|this|what)(?! to)|follow\w*|know what|clear)
not sure what (it|that|this|you)
(plain|simple|normal|real|proper|simpler|other) (english|words|terms|language)
in english|layman\w*|jargon|dumb\w* (it )?down|dummies|gibberish|gobbled\w+|double dutch|greek
no clue what|not familiar|tell me about|what \w+( \w+)? (is|are|means?)$
(im|am|bit) lost|(could|would|might) (\w+ ){1,3}have|set it off|any idea (what|why)
how (did|was|were|has|have|is it)
lost me|too technical|simpler
more (info|information|detail)\w*|tell me more|no idea what|(dont|not) know what|youre saying
is it (clickpos|xero|us|me) or
^(huh|what|eh|pardon|sorry|come again|say again|meaning|so|really)( what)?\?+$
clarify|elaborate|break (it|that|this) down|tldr|summar\w+|short(er)? version|translat\w+|wtf
how so|hows that|whys that|as in|like what|speak (accountant|tech|geek)|makes you (think|say)
not an accountant|how do you know|^(huh|eh|wdym|pardon)\??$|over my head
~(is|are) .* the same as|(who|whats|what) or (who|what)
(my|our|your|whose|their|xeros?|clickposs?|someones?)( guys)? (fault|doing|mistake|bug|(end|side)\?)
(whose|xeros?|clickposs?|a xero|a clickpos) (problem|issue|thing)\?*$
(clickpos|xero) (problem|issue) or
fault|coincidence
~(is|was|are|were|could) <it> (\w+ )?(a|an|because|due|from|something|normal|common|supposed|the)
~(is|was|are|were|could) <it> (\w+ )?(meant|related|always|coming|my|our|your)
~(did|has|have) (i|we|some\w+|xero|clickpos|the \w+|my \w+|it|this|they|any\w+)
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
"""Other questions whether to do something."""
