"""Words of shops and of trade, and words that go with any error of any program."""

from bot.recognition.patterns import STOP_WORDS
from bot.recognition.text import stem

INTEGRATION_TERMS = frozenset(
    stem(word)
    for word in """
    accountant banking bookkeeper connector eftpos integrate integrated integrating integration pos
    reconcile resend sale sync synced syncing takings tender till
    """.split()
)
"""Stems of words that shops use about the integration, and hardly anybody about another program."""
TRADE_TERMS = frozenset(
    stem(word)
    for word in """
    bill cogs customer invoice journal ledger payment refund retry shop store summary supplier vendor
    """.split()
)
"""Stems of words of trade; other programs are about invoices and customers too."""
_TERMS_ABROAD = frozenset(
    stem(word)
    for word in """
    rechnung rechnungen lieferant lieferanten kunde kunden zahlung kasse abgleich bestellung filiale buchhaltung
    facture factures fournisseur paiement caisse commande magasin compta comptable
    factura facturas proveedor proveedores cliente clientes pago pagos caja pedido pedidos tienda contable
    fatura faturas fornecedor fornecedores pagamento pagamentos caixa loja
    fattura fatture fornitore fornitori pagamento cassa ordine negozio
    factuur facturen leverancier klant klanten betaling kassa bestelling winkel boekhouder
    """.split()
)
"""Stems of words of trade in German, French, Spanish, Portuguese, Italian and Dutch."""
SHOP_TERMS = INTEGRATION_TERMS | TRADE_TERMS | _TERMS_ABROAD
DATES = frozenset(
    stem(word)
    for word in """
    mon monday tue tuesday wed wednesday thu thursday fri friday sat saturday sun sunday am pm
    jan january feb february mar march apr april may jun june jul july aug august
    sep sept september oct october nov november dec december
    """.split()
)
"""Stems of the words of dates and times."""
_NEUTRAL = frozenset(
    stem(word)
    for word in """
    about above account accounting add adding again alert already amp another answer anybody anyone
    api appear appeared appears approve approved archive archived attachment attempt attempts back
    bad banner batch because before behaviour below body both box but call calling change changed
    chart check click clicked code column comes connect connected connecting connection console
    copied create created creating day dear delete deleted detail dialog did didn't do docket does
    doing done draft duplicate each end entry err error even event everyone exact exactly except
    exception export exported exporting facing fail failed failing failure fault fetch fetched field
    file finish finished first folks following get getting give go goes going goods got gotten group
    guys he hello help her here hey hi his history how http i if im import imported importing info
    insert inserting into issue item job just keeps kia last like line link list log logged login
    look loud made make manager manual many mate matter me message method morning most msg my need
    never new next night nightly no nobody not note now number occurred ok okay once one only onto
    open ora order out over owner page people pls po pop popup position post posted posting press
    pressed problem product purchase push pushed pushing question queue quick raise read reason
    receipt recent red refuse refused register reject rejected rejecting reply report reported
    request response result returned returns right roughly row run running said same save saving saw
    say saying screen second see seeing selected send sending sent server set setting she show
    showed showing since skipped so some someone something spend staff start started statement
    status step still stopped stuck submit support task team tell telling text thank them then these
    they thing those three through throw time title today told tonight too took total transaction
    tried try trying twice two type under up update updated updating upload urgent us use used user
    using validation value very void voided voiding warn warning we week went what when where which
    while who wholesale why won't work worked worker would write wrong yes yesterday yet
    """.split()
)
"""Stems of words that go with any error, of Xero or of another program."""
_NEUTRAL_ABROAD = frozenset(
    stem(word)
    for word in """
    fehler fehlermeldung meldung sagt kommt zeigt meldet erhalten bekommen bekomme jetzt heute gestern immer wieder
    diese dieser das der die den dem ein eine ist wir ich es beim mit und von vom zum auf nicht geht
    mensaje dice aparece muestra sale este esta el la los las un una en al del con de para que nos hoy ayer siempre
    erreur affiche dit le les des du une sur avec ce cette nous je toujours aujourd hui
    erro mensagem diz aparece sempre hoje ontem os uma do da no na
    errore messaggio sempre oggi ieri il lo gli di della nel
    fout foutmelding melding zegt het een bij van deze altijd vandaag gisteren
    """.split()
)
"""The like of them in German, French, Spanish, Portuguese, Italian and Dutch."""
VOUCHING = INTEGRATION_TERMS | _TERMS_ABROAD
ABOUT_ANY_ERROR = _NEUTRAL | _NEUTRAL_ABROAD | DATES | TRADE_TERMS | STOP_WORDS
