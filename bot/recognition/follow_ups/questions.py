"""Phrases of questions after an answer. `rules` says how they are read. Pure."""

OUTAGE = r"""
(cant|cannot|unable to|wont let (me|us|anyone)) (log|get|sign) ?(in|on) ?(to )?xero
(?<!a )<xero> ((?!(or|who)\b)\w+ ){0,4}<down>(?! or)|<down> ((?!or\b)\w+ ){0,3}<xero>
(with|at) xero (this|today|right|now)
<xero> (\w+ ){0,3}(up|working|back|ok|okay|alright|online|running)( \w+){0,2}\?
(problem|issue|trouble)s? (at the moment|today|right now|this morning)
(can|is|are) (any|every)(one|body) (else )?(\w+ )?(get|getting|log|logging|access|open|opening)
(is|are|has) <xero> (\w+ ){0,3}(up|working|back|ok|okay|alright|online|fine|running|
  status|doing)
(<xero>|server) status|status (of|page)|outages?|maintenance|nationwide|for every(one|body)
is it xero or|hows xero|everyones xero|known <down>
(is|are|has) (it|things|everything|the (\w+ )?(system|server|site|internet|api)s?) (\w+ )?(down|
  offline)
(any|every)(one|body) (else )?(is |are |been )?(having|getting|seeing|got|with|had|reporting|
  affected)
(other (shops|stores|people)|others) (is |are )?(having|getting|seeing|got|with|had|affected)
(just|only) (us|me|our shop)(?! (that|who|and))
~.{0,30}xero .{0,20}(today|this (morning|arvo|afternoon)|right now|at the moment|atm)\?
"""
HOW_FIRST = r"""
(give|show|see|got) .*example|(a|some|any) way (of|to)|how (is|are) <it> \w*(done|fixed|removed|
  changed)|~do i (leave|keep|set)
explain the \w+ (part|step|bit)|^(?!.*\b(<not>|still|same|tried|<fails>)\b).* \. (what now|now what)
(?<!someone to )(?<!somebody to )(?<!person to )(talk|walk|run|step|take|guide) (me|us) thr\w+
(idiots?|dummies) guide|cheat sheet|trick (to|with|for)
(what|which) (\w+ ){0,4}(do|should|would|must|shall|am|can|d|could) (i|we|you|
  one) (\w+ ){0,3}<press>(?<!type)(?! you)
~(can|should|would|must|could|might|shall) (i|we) (?!(still|lose|break|undo|
  safely)\b)(\w+ ){0,3}?<press>(?! .*(back|later|meantime|selling|trading))
~do (i|we|you) ((just|then|have to|need to|still|also|only|first) )*(<press>|
  (?!lose)<do>)(?! .*every)
(is|are) the \w+ (meant|supposed) to|what must be done|the drill|any tips|list what
<i> .* (from|on|via) (my|the|an) (phone|ipad|till|app|computer)|(first|then) (<do>|re\w+)
how many do (i|we)|a matter of|hows <it> done|~(would|should|could) it be the
~so (first|then|after that|i|just|you|we)\b.*\?|what does one
(what|which) (option|button|date|number|field|code|one|account|type|rate|box|name)s? (do|does|
  should|would|gets|to|is it)
~(so )?(i|you|we|just) (\w+ )?(<press>|<do>) .*(then|and|first|or|yeah|right|so|that)\W.*\?
~(so )?(just )?<do> and (then )?<do>
(once|after|when) (its|thats|it is|that is|ive|i have) \w+\b.{0,30}\?
can <it> be done (on|from|in|with|without|by)|what comes (first|next|after)
should (go|be|goes) (in|on|under|for|into)|(in|as a) (bulk|batch|one go)|all at once
(then|after that|next)\?$|\bi\?$|(stuck|lost|up) (on|at|to) step|whats (next|first|involved)
(which|what) comes first|never (\w+ed|done) (a|an|one|anything|it|this|that)( before)?\W*$
"""
"""What to press and in which order. It comes before words of persons and of the bot."""
GREETING = r"""
^(please |pls |i? ?need |<hello> )?help( me)?( please| pls)?\W*$
^(<hello>)? ?(xero )?(help ?)?bot\??$|<hello>\?* any(one|body)|^any(one|body) in\?*$|wakey
(does|do|will|would) (this|it|<you>) (also )?work (for|with)
who (reads|sees|gets|answers) (these|this|my|the)
(what am i|what do i|what should i) .*(here|write|say)\?*$|hear me
^<hello> .*(new|first time|again$)|^<hello> .*\b(who|whats?) (is |are )?(this|you)\W*$
any(one|body) (out )?(there|home|here|alive|awake)(?! (who|can|to|that|i))
(is|are) (someone|somebody) (there|here|home)
how \w* ?(are|is|have) (<you>|things)( (been|today|going))*\W*$|how are <you>|hows (it going|things)
whats up
(are|r|is) <you> (\w+ ){0,2}(<bot>|there|on|awake|working|online|alive|listening|person|able|free|
  human)
^you (a )?(there|here|awake|alive|up|<bot>)|(is|are|does) (it|this|that) (\w+ ){0,2}(<bot>|person)
(person|human|<bot>) or (a |an )?(\w+ )?(<bot>|person|someone|human)
am i (talking|speaking|chatting)|(tag|ping|mention|message) <you>
who (made|built|is behind|is in charge of|runs|owns|wrote|writes|am i|are|is) (<you>|this|that|
  talking|speaking)
who(s| is) (this|there)|(your|ur) (name|job|purpose|capabilit\w+|abilit\w+|role|hours|limits?)|
  automat(ic|ed)
introduce yourself|explain yourself
what (exactly )?(are|r) <you>(?! (talking|referring|on about|meaning))|^(so )?what(s| is) this\?*$
~what(s| is) this\?*$|what (is|s|does|can|are) ... (<tool>|channel)( (do|for|work)|\?|$)
what (kind|sort|type) of (a )?<tool>|what (is it|exactly) <you>|call <you>$|are <you> part of
what (can|does|could) (this|it) do
(whats|how does|is|was) this (<tool>|chat|channel|line|private|recorded|confidential|monitored|
  where|for)
is this (being|the) (right |correct )?(\w+ )?(<tool>|help ?desk|support|place|channel|spot)
(everything|things?|what|anything) <you> (can|do|are|know|could|for)
what (can|could|do|does) <you>(?! (mean|think|suggest|recommend|need|want|reckon))
(can|could|may|are|do) (i|we|you) (\w+ ){0,2}(send|show|give|upload|tell|forward|paste|attach|
  message|dm|ask) (<you>|(a|in) )
(what|which|sort|kind|how many) .*(can|could|should|may|do|might) <i> (\w+ )?(ask|send|paste|say|
  tell|type|put to|call <you>|give <you>|use (<you>|it for))
(what|which|sort|kind|how many) .*(?<!\. )(can|could|do|does) (<you>|this|it) (\w+ )?<able>
(?<!abouts )(?<!where )(?<!how )(can|do|could|will|did|would) <you> (only |also |even |just |
  actually |ever |really |still )?<skill>
(?<!do here \. )(can|could|may) <you> (help|assist)(?! (me |us )?((to |with )?(it|this|do|find|
  fix|change|approve)|with (it|this|that|the)))
how (can|could|do) <you> (help|work|know)
how (do|does|can|to) (i |you |we |it )?(use|work|talk to) (<you>|this)
how (do|does) (<you>|this|it)( \w+)? work|how does this|get started|how do i start( using|$|\?)
commands|^(im |just )*(testing|trying)( (this|it|out|\d+|testing))*$|just testing|saying hi
new (to|here)|first time (using|here|on|with)|^im new|never used (this|you)
(added|told|asked|said) (me |us )?to (this (work|chan)|ask|message|come|post) ?(here|you)?
(have|got|quick) (a )?(quick )?questions?$|ask <you>|my options|24 ?7|joke|weather|what version
opening hours|who (else )?(can see|sees|reads) (this|it)|manual for|(see|read)ing (this|my messages)
monitored|me again|not sure (how|what) (this|you) (works?|do|are|is)|if (this|it|you) works?
is (this|the) thing (on|working)|^test(ing)?\b.{0,12}$
^(ping|menu|start|commands?|options|hello|hi|hey|about|info)[ .?!\d]*$|knock knock
(is|are) (a )?(photo|picture|screenshot|pdf)s? (ok|okay|fine|good enough)|what is xero help|who dis
~do i (just )?(paste|send|upload|attach|ask)|(message|dm|contact|ask) <you> (privately|directly)
(can|should|could|may) <i> (send|show|upload|paste|attach|type|write|post)|examples?\?
(can|could|do) <you> (see|read|get|take|open|look at) (\w+ ){0,2}(photo|picture|screenshot|pdf|
  image|attachment|file)s?
"""
WHY_FIRST = r"""
whose (error|issue|problem)|~whys?(?! (not|dont <you>))|how come|are you saying
(us|me|you|them) or (xero|clickpos|you|them|your \w+)|(end|side) or|there a reason
(simple|plain|normal|easy|simpler|other|different) (terms|words|english|language)
(no|any) (idea|clue) (what|why)(?! to)|(any|the|underlying) reason|^\?+$
(what (do|did|would) |(what )?does ).{0,30}\bmean|in (plain |simple )?english
who (would|could|might) (have|ve)|not (a )?(native )?english|like im (5|five)
(put|say|explain|phrase|word) (that|it|this) (\w+ )?(differently|again|simply|simpler|plainly|
  another way|better)
~(does|did) <it> happen|in (other|your own) words|^(and |but |ok |so )?y( though)?\?*$
(could|might) <it> be (because|due|the|that)|is it because|because (of|we|they|i|the|it) .*\?
"""
"""Questions that are about the reason, whatever else they name."""
HOW = r"""
trying to (find|locate)|break (it|that|this) down|in(to)? (\w+ )?steps
(not sure|dont know|no clue|no idea|unsure) what to (do|click|press)
(im|i am|ive|i have) (on|in|at|opened|got to|logged|found)\b.*(now what|what now|what next|
  then what|what do i)
how (do|can|would|should|to|d|am|must|could|might|does one|did)( \w+ly)? ?(i|we|one|you|
  u)?(?! (know|mean|it|this|that))
(?<!know )howd? (you|i|we|one)|how (is|s) (it|that|this) done|where(s|about|abouts|bouts)?(?! <you>)
(but|and|so|ok|exactly) how|how( exactly)?\??$|(no|any) (idea|clue) (how|where|which)
"""
"""Questions for the way, whatever else they name."""
SAFE_FIRST = r"""
good idea|recommend\w*|advis(able|ed)|better (to|if|off|for|let)|wise|side effects?|impact\w*
implications?|consequences?|affect\w*|responsib\w+|sign.?off|whose (login|job)|(my|our) job
downsides?|the catch|repercussion\w*|bad (if|that|to)|are <you> (sure|certain)
(what|which) (\w+ )?(role|access|permission|right|login|level)s?( of \w+)? (do|does|is|are|would|
  will)
something (i|we|my|the|for) (\w+ )?(can|could|should|does|do|needs?)
touch(ing)? (it|this|that|any\w+)|im (only|just) (a|an|the)|(only|just) (the )?<adviser>|not allowed
(i|me) (dont|not) (have|got) (the )?(permission|access|rights)|dodgy|permanent(ly)?|whose call
is that above|back ?up first|right person to|<i> just leave|leave it\?|time limit
gonna be (okay|ok|fine|alright)( if| to|\?)|any (rush|harm|hurry)|(a|the|any) way back
(hate|dont want|scared) to <harm>|any(one|body) on staff|irrevers\w+|forever|sounds risky|kill me
told off|get in trouble|told (us|me) not to|~when (do|does|should|will|can|must)
think (its|it is|thats|this is) (ok|okay|safe|fine|right)|(go|goes) wrong|going to happen
happens? to (?!be)
what (happens|if|(will|would) (it|that|this|happen|they)|role|access|permissions?|rights)(?! (you|
  when \w+ touch))
(?<!the )safe(ly|r)?|risk\w*|danger\w*|undo(ne)?|reversib\w+|revert|harm\w*|revers(e|ed|ing) <it>
go back on|worr(ied|ying)|be concerned|scar(ed|y)|nervous|afraid|hesitant|reluctant|confident to
frighten\w*|anxious|(dont|do not|not|without|rather not) (want|wanna)? ?(to )?<harm>
<will> .{0,50}\b<damage>|(wont|doesnt|nothing|anything|it|gonna) (\w+ ){0,2}<harm>|nothing gets
~(is|are|will) .*\b(saved|kept|backed up|lost|deleted)
who (can|should|is|has|does|needs?|would|may|must|gets?|approves?|normally|usually|do i need|else)
whos (allowed|meant|supposed|responsible)|whose job
(problem|issue|ok|okay|fine|alright|all right|bad|matter) if
(dont|do not|only|just) have .{0,20}(access|login|log in|permission|admin|rights|role)
(ok|okay|fine|alright|all right|bad|wrong) (for [\w ]+ )?to|whats the worst|careful|watch (out|for)
big deal|pay grade|deadline|matters?\?|allowed to|am i allowed|authori[st]y|permi(ssions?|tted)
urgent|meantime|rush
(can|should|could|do) <i> (just |still )?(ignore|leave|skip|carry on|keep|wait|continue|use|
  need to (stop|close))
(keep|carry on) (selling|trading|going|using|working)|can <it> wait|wait (til|till|until)
one by one\?|every single|how (long|soon|risky|urgent|bad|serious|much time|often)
~(is|are|does|do|can|must|should|will|would|could|may|better) .{0,40}\b<adviser>
"""
"""What it does, and who may do it."""
WHERE = r"""
where(s|abouts)?|(what|which) place|location|which(?! means)|~link|^(and )?the <steps>
nothing (about|called|like|under|named)
(dont|doesnt|do not|not) (have|get|see|seeing) (the|those|that|any) (same )?\w*( ?<screen>s?)
get to (that|the|this) <screen>|is this it\?|on mine|same (place|spot|page) as
~(is|would) (it|that)( be)? (up|by|under|near|next|inside)|(a|the|direct|any) (link|url|path)
<cant> (seem to )?(find|see|locate|spot|c)(?! (why|how|the point|any reason))
(dont|doesnt|not|do not|does not) (seeing|finding|exist|appear|come up|show me)
(dont|doesnt|do not) have \w+ (at|in|under|on|there|anywhere)
(dont|didnt|do not|did not|doesnt|not) (have|get|got) (a|an|the|that|any|this) (\w+ ){0,3}<screen>
every (menu|screen|tab|page)|(right|correct) (screen|page|menu|bit|spot)
(do|did) they (call|put|move|hide)|nowhere (to be|in|on)|hidden|hiding|another name for
called (something|anything|what)|exact clicks
(searched|looked|looking|search) (everywhere|for|all over)|unable to (find|see|locate)
looked (under|in)|(there|they|it) (isnt|arent|is not|are not|aint) (a|an|any|no|there|here|in)
lives?|(top|side|left) menu|new layout|(sign|trace) of|looks (different|nothing)
in the wrong (place|screen|menu)|what(s| is) it \w+ under|(only|all i) (see|can see|get|have)
i only (have|see|get)|back ?office
(theres|there is|there isnt|there are|i have|i got|ive got|got|i see|see|has|but|and|found) (no|
  only) (?!(<no>|idea|clue)\b)\w+
no (such |\w+ ){0,2}<screen>|(mine|screen|menu|page) (doesnt|does not|looks|is different)|gr[ea]yed
(isnt|not|arent|wasnt) (there|here|showing|listed|visible|on (mine|my|the)|in (the|my) (menu|list))
<screen>s? (is |are |isnt |arent )?(missing|gone|there)
(is|are) there (a|an|any|some) (?!risk|danger|harm|chance|human|person|number|phone|problem|
  outage|reason)\w+
in (xero|clickpos) or|(xero or (in )?clickpos|clickpos or (in )?xero)\?*$|in xero .* or clickpos
(web|app|desktop) only
~(is|are) (it|that|this) (the|on|a|in|at|under|behind) (\w+ ){0,3}(<screen>|dots|cog|gear|three|
  one|first|second|third|top|bottom|left|right)
~(is|are) \w+( \w+)? (a|an|the) <screen>|~(so )?(do )?you mean (the|in|on)
what(s| is) the (name|<screen>)|(see|have|got|only) .* but (not|no|cant see)
how(?! (come|are <you>|did|was|were|has|have|(does|do|could|can|is|was) <it>|long|soon|many|much|
  risky|
  urgent|safe|bad|about))
(dont know|never did|forgotten|(?<!me )know|tell me|learn|remind me|not sure|unsure) (how|where|
  which)( (to|i|do|you|it|that|the|is)|$)
never done (that|this|it)|what( exactly)? <screen>s?|what (program|app|order)
(what|which)( \w+){0,3} (do|should|would|must|shall|am|d|supposed) (i|we|one|
  to) (\w+ ){0,2}(?!happen|mean|wrong)\w+
what should (the|my|our|it|this|that) .* (be|say|look)
(what|which) (to|do i) (pick|choose|put|select|enter|click|press|type)
(is|are|was) (it|that|this|they|those|\w+ \w+s) (\w+ )?(in|under|on the|inside|within|at the|
  listed|found|called)
what(s| is) (it|that) (under|in|on|called|filed)
what(s| are| is| re) the .{0,20}(path|way|link|url|trick|<steps>)
do <i> (just )?(?!need|have|lose|get|risk|still|pay)\w+ .*(first|then|after|before|again|or)
do <i> (need to|have to) (?!.*(close|stop|shop|tell)).*\b(first|or just|before)|
  do <i> (just )?(go|look|click|press|open|tick)
(walk|talk|take|guide|run|step|help|steer) (me|us) (thr\w+|with|to|do|find|change|approve|fix)
(show|teach|point|direct|send|guide) (me|us)(?! (a call|to (a|some)))|give (me|us) (\w+ )*<steps>
tell (me|us) (\w+ )?(how|where|which|what to|the)|<steps>(?! (did|worked|fixed|helped|done|
  in the answer))|step by step
screenshots? (of|for|please|with)|exactly what to <press>|involved in
(need|want) (help|a hand) (to|with|\w+ing)|looking for|moved|is it possible to
(best|quickest|easiest|right|proper|correct|fastest|simplest|a|another|any|other) way (to|of|i|
  round|around)
(and |so |ok |right )?(then|now|after that|afterwards|next) what
what (do i do|comes|happens|is|s) (next|first|after|then)|what (now|next)(?! (then)?\W*$)|now what
so i (just|only|then) .*\?|which one
"""
WHY = r"""
why|how come|whats(?! (up|next))|~what(?! (now|next|else|about|up))(?!.* (next|else|try)\b)
what (does|do|did|is|are|was|were|the|exactly|caused|means|actually|happened|went wrong|makes|
  on earth)
how (did|does|do|could|can|is|was) <it>
how (does|did|do|could|can|would) (a|an|the|my|our)\b(?!.*\b(we|i) )|(^|and |but )y\??$|eli5|dummies
vs|versus|difference between|since when|used to|cos of|because of
(was|were|worked|working) (\w+ )?(yesterday|before|last|until|this morning|on \w+day|till)
~(isnt|arent|wasnt|werent|shouldnt|wouldnt) .*\?
(are|were|am|did|do|have) <i> (\w+ )?(something|anything) wrong|not sure (i|if|why|that|what)
who (un)?\w+ed <it>|those two|how on earth
who (changed|broke|deleted|did that|did this|set|locked|made|touched|closed)|mean(s|ing|t)?|defin\w+
explain(ing|ed|ation)?|reasons?|caus(e|es|ed|ing)|trigger\w*|confus\w+|unclear|(?<!makes )sense
<not> (really |quite |fully |even )?(understand\w*|get (it|that|this|what)(?! to)|follow\w*|
  know what|clear)
in english|layman\w*|jargon|dumb\w* (it )?down|gibberish|gobbled\w+|double dutch|greek
no (clue|idea) what|what \w+( \w+)? (is|are|means?)$|(im|am|bit|got me|lost) lost|lost me
too technical|simpler|over my head|not familiar
(could|would|might) (\w+ ){1,3}(have|be (because|that|the))|set it off|any idea (what|why)
refers? to|stands? for|more (info|information|detail)\w*|tell me (more|about)|youre saying
is it (clickpos|xero|us|me) or|as in|like what
^(huh|what|eh|pardon|sorry|come again|say again|meaning|so|really|wdym)( what)?\?*$|how so|hows that
whys that|clarify|elaborate|break (it|that|this) down|tldr|summar\w+|short(er)? version|translat\w+
wtf|rephrase|speak (accountant|tech|geek)|not an accountant|how do you know|makes you (think|say)
~(is|are) .* the same as|(who|whats|what) or (who|what)|fault|coincidence|a (bug|glitch)
(my|our|your|whose|their|xeros?|clickposs?|someones?)( guys)? (doing|mistake|bug|(end|side)\?)
(whose|xeros?|clickposs?|a xero|a clickpos) (problem|issue|thing)\?*$
(clickpos|xero) (problem|issue) or
~(is|was|are|were|could) <it> (\w+ )?(a|an|be|because|due|from|something|normal|common|supposed|
  the|that)
~(is|was|are|were|could) <it> (\w+ )?(meant|related|always|coming|my|our|your)|is that (it|right)\?
so (the|its|it is) .*\?
"""
SAFE = r"""
~who(?! (changed|broke|did|closed|was|left|put|made|took|had|opened|is on|wants))
~(can|could|should|may|must|shall|do|does|will|would|am|might|is|are|if) (<subject>|ok|okay to)
(should|can|could|may|must|do) <i>|if <i> .*\?|(will|would|does) (it|that|this|they|my|our|the)
(myself|<adviser>|access|rights|log ?in) .*\?|ok(ay)? to|or (should|will|does|is|only)
"""
"""Other questions whether to do something; like the next two, of any subject."""
WHY_GUESSED = r"""
~(did|has|have|was|were) (i|we|some\w+|xero|clickpos|the \w+|my \w+|it|this|they|any\w+)
"""
GREETING_GUESSED = r"""
~(can|could|do|are|will|would|r) <you>
"""
