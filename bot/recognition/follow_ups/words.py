"""Lists of words that belong together, for the phrases of follow-ups. Pure."""

PRODUCT = "ClickPOS"
"""The product's name in the phrases, in lower case; its names in a text are replaced by it."""
LISTS = {
    "able": r"look up|list|do|know|help|handle|answer|cover|understand|support|need",
    "adviser": (
        r"accountants?|bookkeepers?|book keepers?|boss|owners?|manager|admin\w*|advis[eo]rs?|"
        r"staff"
    ),
    "bot": r"bot|robot|ai|machine|computer|automated|chat ?gpt|real|human",
    "cant": (
        r"cant|cannot|can not|couldnt|could not|dont|do not|didnt|did not|not|doesnt|never|"
        r"isnt able to"
    ),
    "damage": (
        r"delete|lose|break|mess|stuff|wreck|ruin|affect|double|twice|duplicat\w*|damage|"
        r"change (the|my|our|last|any)|wipe|screw|upset|overwrite|mucks?|cause|charged?|"
        r"disappear|go missing|throw out|notice|matter|email"
    ),
    "did": (
        r"did|done|tried|followed|reconnected|changed|approved|unlocked|went|redid|retried|"
        r"restarted|pressed|clicked"
    ),
    "do": (
        r"approve|void|delete|remove|unlock|unarchive|archive|restore|reconnect|disconnect|"
        r"merge|resend|retry|redo|rename|map|edit|change|retype|refund|allocate|unreconcile|"
        r"authorise|authorize|re ?sync|push|undo"
    ),
    "down": (
        r"down|offline|outages?|broken|slow|slowly|laggy|playing up|unavailable|dead|crash\w*|"
        r"weird|funny|glitch\w*|buggy|timing out|lagg\w+|hiccup\w*|stuffed|munted|died|"
        r"acting up|shocker|trouble|issues?|problems?|faults?|not loading|not responding|"
        r"not working|not opening|wont (open|load)|isnt (opening|loading|working)|"
        r"(anything|something) wrong"
    ),
    "error": r"error|one|message|problem|issue|thing|question",
    "fails": (
        r"fail\w*|refus\w*|reject\w*|bounc\w*|errors?|errored|erroring|crash\w*|spits?|"
        r"kick(s|ed)|stuck|red|broken|declin\w*|den(y|ied|ies)|block\w*|throw(s|ing)"
    ),
    "goes": r"went|gone|go|going|goes|came|come|got|sent|pushed|sailed|flew|showing",
    "good": (
        r"green|through|happy|working|works|fixed|sorted|fine|good|gone|in|done|worked|ok|okay|"
        r"all"
    ),
    "harm": (
        r"break|mess(ing)?|stuff(ing)?|lose|losing|wreck|ruin|delete[ds]?|screw|muck|"
        r"make it worse|double|wip(e|ed|es)|lost|upset|overwrit\w+|corrupt|disappear"
    ),
    "hello": (
        r"helo|mornin|evenin|afternoon|morena|tena koe|tena koutou|ni hao|salut|ciao|hallo|"
        r"hullo|salam|wassup|gm|hi|hello|ello|hey|heya|hiya|yo|oi|psst|talofa|bula|malo|namaste|"
        r"bonjour|aloha|good arvo|arvo|gday|g day|gidday|howdy|kia ora|morning|evening|"
        r"good (morning|afternoon|evening|day)|hola|greetings|sup"
    ),
    "i": r"i|we",
    "it": r"it|this|that|they|these|those",
    "new": r"the|its?|im|ive|i|we|were|my|our|a|an|there|theres|they|xero|clickpos|all|\w+s",
    "no": (
        r"luck|joy|change|difference|different|good|dice|go|improvement|success|better|help|use|"
        r"effect|result|progress"
    ),
    "not": (
        r"not|never|didnt|doesnt|dont|hasnt|havent|isnt|arent|wasnt|werent|wont|cant|cannot|"
        r"couldnt|wouldnt|aint|didn|doesn|nothings?|none|neither"
    ),
    "opener": (
        r"wh\w+|how\w*|hi|hey|hello|ok|okay|so|and|but|please|pls|thanks|cheers|sorry|bot|now|"
        r"also|then|well|still|or|if|someone|somebody|anyone|anybody|support|xero|clickpos|"
        r"morning|just|maybe|there|whereabouts|first|yes|no|yep|cool|great|right|this|that|it|"
        r"thx|ta|ai|does|is"
    ),
    "outcome": (
        r"<solved>|worked|works|it went|went through|all good|got it|that was it|thats it|"
        r"its in|did it|that easy|done the trick|done it"
    ),
    "plan": r"ill|i will|let me|im (going|gonna)|gonna|well|ive",
    "planned": (
        r"ask|asked|messaged?|email|emailed|check|call|called|ring|text|tell|told|let|grab|talk|"
        r"speak|see|wait|go|be|do"
    ),
    "press": (
        r"click|press|tick|untick|select|pick|choose|put|enter|type|retype|set|change|open|fill|"
        r"hit|save|go|log (in|out)|re ?send|retry|use|start|refresh|scroll|tap|copy|edit|map|"
        r"push|re ?do|approve it from|re ?enter"
    ),
    "reach": (
        r"call|ring|phone|telephone|contact|email|text|message|speak|talk|chat|reach|get hold|"
        r"bell|buzz|liaise"
    ),
    "route": r"connect|transfer|put|pass|hand|get|hold|through|forward|assign|deal|refer",
    "says": r"says?|said|saying|threw|throws|shows?|showed|reads|complain\w*",
    "screen": (
        r"menu|screen|page|tab|button|section|setting|link|field|box|area|option|path|icon|bit|"
        r"part|heading|column|row|folder|report|list|drop ?down|window|tile|cog|website|site"
    ),
    "skill": (
        r"read|speak|understand|know|answer|recogni[sz]e|accept|handle|see|work|support|deal|"
        r"cover|cope|do (other|anything|more|\w+ too)|check xero\w*"
    ),
    "solved": r"sorted|fixed|solved|resolved",
    "somebody": (
        r"human|humans|persons?|people|employees?|members? of (the |your )?staff|support staff|"
        r"specialists?|dev(eloper)?s?|(it|dev|tech\w*) (team|guys|people|dept|department)|"
        r"department|someones?|someone|some one|somebody|anyone|anybody|agents?|operator|reps?|"
        r"technicians?|techs?|engineer|experts?|consultant|support|help ?desk|"
        r"customer (service|care)|supervisor|guys?|bloke|one of (you|your|the)|"
        r"(your|the it|one of the) (guys?|team|staff|side|end|office|people|colleagues?)"
    ),
    "state": r"approved|authorised|authorized|active|mapped|correct|set up|there|unlocked|paid",
    "steps": (
        r"steps?|instructions?|guide|video|tutorial|walk ?through|procedure|process|guidance|"
        r"directions?|how ?tos?|method|recipe"
    ),
    "still": (
        r"still|but|where|how|who|someone|call|ring|<not> (\w+ ){0,2}(<solved>|work\w*|go)|"
        r"again|half|only|except|now|another|back"
    ),
    "subject": (
        r"it|its|this|that|they|these|those|there|i|we|my|our|the|a|any\w*|every\w*|xero|"
        r"clickpos|all|one|customers|staff|\w+ing"
    ),
    "thanks": (
        r"thanks?|thank (you|u)|thankyou|thanx|thnx|thx|tks|tx|ty|tysm|tyvm|tnx|cheers|chur|ta|"
        r"tah"
    ),
    "through": r"through|thru|across|over",
    "tool": r"bot|thing|app|service|tool|chat|helper|assistant",
    "will": r"wouldnt|will|would|could|might|gonna|going to|wont it|wont that|does|do|can|am i",
    "works": (
        r"like|have|match|look|appear|show|open|load|save|approve|allow|work\w*|help\w*|fix\w*|"
        r"solv\w*|chang\w*|anything|any difference|a difference|resolv\w*|sort\w*|through|thru|"
        r"across|over|away|happ\w+|done|do it|do the trick|it|budg\w+|right|correct|true|make|"
        r"go|let|send|sync\w*|accept\w*|stick|stuck|take|come|came"
    ),
    "xero": r"xeros?( servers?| api| site| website| login| app| page)?|clickpos",
    "you": r"you|u|ya",
}
SHORTHAND = {
    "u": "you",
    "ya": "you",
    "ur": "your",
    "r": "are",
    "plz": "please",
    "pls": "please",
    "thru": "through",
    "cos": "because",
    "coz": "because",
    "cuz": "because",
    "bc": "because",
    "wat": "what",
    "wot": "what",
    "tho": "though",
    "havnt": "havent",
    "dosent": "doesnt",
    "doesent": "doesnt",
    "didint": "didnt",
}
"""What people type for a word."""
