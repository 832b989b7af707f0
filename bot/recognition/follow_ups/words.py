"""Lists of words that belong together, for the phrases of follow-ups. Pure."""

LISTS = {
    "able": r"look up|list|do|know|help|handle|answer|cover|understand|support|need",
    "adviser": (
        r"accountants?|bookkeepers?|book keepers?|boss|owners?|manager|admin\w*|advis[eo]rs?|"
        r"staff"
    ),
    "bot": r"bot|robot|ai|machine|computer|automated|chat ?gpt|real|human",
    "damage": (
        r"delete|lose|break|mess|stuff|wreck|ruin|affect|double|twice|duplicat\w*|damage|"
        r"change (the|my|our|last|any)|wipe|screw|upset|overwrite|mucks?|cause|charged?|"
        r"disappear|go missing|throw out|notice|matter|email"
    ),
    "error": r"error|one|message|problem|issue|thing|question",
    "goes": r"went|gone|go|going|goes|came|come|got|sent|pushed|sailed|flew|showing",
    "good": r"working|works|fixed|sorted|fine|good|gone|in|done|worked|ok|okay|all",
    "hello": (
        r"morena|tena koe|tena koutou|ni hao|salut|ciao|hallo|hullo|salam|wassup|gm|hi|hello|"
        r"ello|hey|heya|hiya|yo|oi|psst|talofa|bula|malo|namaste|bonjour|aloha|good arvo|arvo|"
        r"gday|g day|gidday|howdy|kia ora|morning|afternoon|evening|"
        r"good (morning|afternoon|evening|day)|hola|greetings|sup"
    ),
    "i": r"i|we",
    "it": r"it|this|that|they|these|those",
    "new": r"the|its?|im|ive|i|we|were|my|our|a|an|there|theres|they|xero|clickpos|all|\w+s",
    "no": (
        r"luck|joy|change|difference|different|good|dice|go|improvement|success|better|help|"
        r"use|effect|result|progress"
    ),
    "not": (
        r"not|never|didnt|doesnt|dont|hasnt|havent|isnt|arent|wasnt|werent|wont|cant|cannot|"
        r"couldnt|wouldnt|aint|didn|doesn|nothing|none|neither"
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
        r"ask|asked|messaged?|email|emailed|check|call|called|ring|text|tell|told|let|grab|"
        r"talk|speak|see|wait|go|be|do"
    ),
    "press": r"click|press|do|tick|select|pick|choose|put|enter|type|set|change|open|fill|hit",
    "ring": r"call|ring|phone|contact|email|text|message",
    "says": r"says?|said|saying|shows?|showed|reads|complain\w*",
    "screen": (
        r"menu|screen|page|tab|button|section|setting|link|field|box|area|option|path|icon|bit|"
        r"part|heading|column|row|folder|report|list|drop ?down|window|tile|cog|website|site"
    ),
    "skill": (
        r"read|speak|understand|know|answer|recogni[sz]e|accept|handle|see|work|support|"
        r"do (other|anything|more|\w+ too)|check xero\w*"
    ),
    "solved": r"sorted|fixed|solved|resolved",
    "somebody": (
        r"human|humans|person|persons|people|someone|some one|somebody|anyone|anybody|agents?|"
        r"operator|reps?|technicians?|techs?|engineer|experts?|consultant|support|help ?desk|"
        r"customer (service|care)|supervisor|guys?|bloke|one of (you|your|the)|"
        r"(your|the it|one of the) (guys?|team|staff|side|end|office|people|colleagues?)"
    ),
    "state": r"approved|authorised|authorized|active|mapped|correct|set up|there|unlocked|paid",
    "still": (
        r"still|but|where|how|who|someone|call|ring|<not> (\w+ ){0,2}(<solved>|work\w*|go)|"
        r"again|half|only|except|now|another|back"
    ),
    "subject": (
        r"it|its|this|that|they|these|those|there|i|we|my|our|the|a|any\w*|every\w*|xero|"
        r"clickpos|all|one|customers|staff|\w+ing"
    ),
    "thanks": r"thanks|thank you|thankyou|thx|ta|cheers|tks|ty",
    "through": r"through|thru|across|over",
    "will": r"wouldnt|will|would|could|might|gonna|going to|wont it|wont that|does|do|can|am i",
    "works": (
        r"like|have|match|look|appear|show|open|load|save|approve|allow|work\w*|help\w*|fix\w*|"
        r"solv\w*|chang\w*|anything|any difference|a difference|resolv\w*|sort\w*|through|thru|"
        r"across|over|away|happ\w+|done|do it|do the trick|it|budg\w+|right|correct|true|make|"
        r"go|let|send|sync\w*|accept\w*|stick|stuck|take|come|came"
    ),
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
    "wat": "what",
    "wot": "what",
    "tho": "though",
    "havnt": "havent",
    "dosent": "doesnt",
    "doesent": "doesnt",
    "didint": "didnt",
}
"""What people type for a word."""
