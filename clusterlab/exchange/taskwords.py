"""What lists of tasks write above their columns, in the languages in which they come.

Heads are given as `taskheads` spells them: in small letters, without points, with one hyphen for
blanks and underscores, and “no” for “#”.
"""

from __future__ import annotations

from collections.abc import Mapping

#: What each column may be called: in editions of project programs, textbooks, and by hand.
HEADERS: Mapping[str, str] = {
    "name": "task-name name vorgangsname nom-de-la-tâche nom nombre-de-tarea nombre "
    "activity-name work-item nome-attività nome-da-tarefa nome-da-atividade nome taaknaam "
    "naam-taak nazwa-zadania nazwa navn opgavenavn aktivitetsnavn namn aktivitetsnamn "
    "název-úkolu název görev-adı feladatnév job-name nombre-de-la-tarea nombre-de-la-actividad "
    "nom-de-l'activité vorgangsbezeichnung",
    "id": "id nr no n° issue-key issue kode number nummer task-id activity-id code "
    "activity-code task-code ref reference kürzel kennung job-no task-no task-nr activity-no "
    "activity-nr item-no job-number task-number activity-number vorgangsnummer vorgangsnr "
    "vorgang-nr s-no sno sr-no srno sl-no slno serial-no serial-number lfd-nr lfdnr pos "
    "position wbs-id identifier symbol letter activity-letter task-letter activity-symbol num "
    "numéro número numero kod lp bezeichner job-id repère zeichen clave código codice",
    "label": "arrow étape taetigkeit vorgaenge activity activities task tasks job jobs step item "
    "vorgang vorgänge aktivität aktivitäten tätigkeit tätigkeiten arbeitspaket arbeitsgang "
    "arbeitsschritt aufgabe aufgaben tâche tâches opération opérations activité activités "
    "actividad actividades tarea tareas attività compito activiteit activiteiten taak taken "
    "atividade atividades tarefa tarefas czynność czynności zadanie zadania aktivitet "
    "aktiviteter opgave opgaver uppgift uppgifter činnost činnosti úkol úkoly faaliyet "
    "faaliyetler görev görevler tevékenység tevékenységek feladat work-package operation",
    "unique": "unique-id eindeutige-nr n°-unique id-único",
    "duration": "duration estimated-duration activity-duration task-duration expected-duration "
    "original-duration planned-duration normal-duration dur dauer vorgangsdauer durée "
    "durée-des-tâches durée-de-la-tâche duración durata duur dur duração czas-trwania "
    "doba-trvání trvání süre süresi varighed varaktighet időtartam duration-time",
    "after": "vorg ipa predecessors predecessor pred preds vorgaenger immediate-predecessors "
    "immediate-predecessor preceding-activity preceding-activities "
    "immediately-preceding-activity preceding-task preceding-tasks preceding-job preceded-by "
    "follows waits-for depends-on dependency dependencies dependent-on prerequisite "
    "prerequisites pre-requisites must-follow after predecessor-activity predecessor-task "
    "predecessor-activities vorgänger direkte-vorgänger precedence precedences antecedent "
    "antecedents antecedente antecedentes antécédent antécédents antécédent(s) "
    "tâches-précédentes predecesor predecesores predecesor(es) predecesora predecesoras "
    "precedencia precedencias predecessore predecessori predecessora predecessoras "
    "predecessor(es) precedente precedenti antecesor antecesores antecesora antecesoras "
    "antecesor(a) antecesor(es) antecessora antecessoras voorganger voorgangers poprzednik "
    "poprzedniki foregående forgænger forgængere föregående föregångare předchůdce předchůdci "
    "předcházející-činnost öncül öncüller öncelik előd elődök előzmény megelőző-tevékenység "
    "needs requires blocked-by forgjenger forgjengere after-task",
    "next": "succ nachf successors successor immediate-successors immediate-successor "
    "succeeding-activity succeeding-activities followed-by nachfolger successeur successeurs "
    "tâches-postérieures sucesora sucesoras sucesor sucesores successore successori sucessora "
    "sucessoras opvolger opvolgers następnik następniki efterfølger efterfølgere efterföljare "
    "následník následníci ardıl ardıllar utód utódok precedes dependents dependants blocks "
    "enables leads-to",
    "relation": "relationship relation relations type link-type relationship-type relation-type "
    "dependency-type link beziehung beziehungsart anordnungsbeziehung type-de-lien "
    "tipo-de-relación",
    "lag": "lag lag-time lead/lag abstand zeitabstand",
    "from": "i from tail von startknoten anfangsknoten anfangsereignis startereignis",
    "to": "j to head nach endknoten zielknoten endereignis zielereignis",
    "low": "o to a opt od best-case minimum",
    "likely": "m tm norm normal likely realistic ml hd häufigste",
    "high": "p tp b pess pd worst-case maximum",
    "resource": "resource-names resources resource assigned-to ressourcennamen ressourcen "
    "noms-ressources nombres-de-los-recursos zugewiesen-an assigné-à asignado-a assegnato-a",
    "effort": "work arbeit travail trabajo lavoro trabalho",
    "deadline": "deadline due-date due stichtag fällig-am fälligkeit échéance date-limite "
    "fecha-límite fecha-de-vencimiento scadenza",
    "milestone": "milestone meilenstein jalon hito milepæl",
    "level": "outline-level gliederungsebene niveau-hiérarchique nivel-de-esquema",
    "depth": "level indent-level ebene stufe gliederungsstufe niveau nivel livello nível",
    "summary": "summary sammelvorgang récapitulative resumen",
    "outline": "wbs outline-number wbs-code wbs-number psp-code gliederungsnummer code-wbs edt",
    "start": "start anfang début comienzo inicio inizio início start-date",
    "finish": "finish ende fin fine fim término finish-date end end-date",
    "active": "active aktiv actif active? activo activa attivo attiva ativo ativa",
    "constraint": "constraint-type constraint einschränkungsart type-de-contrainte "
    "tipo-de-restricción tipo-de-delimitación tipo-vincolo",
    "constraint-date": "constraint-date einschränkungstermin date-de-contrainte "
    "fecha-de-restricción fecha-de-delimitación",
}
#: The same where nothing above says it better: “Time” beside “Duration” is something else.
WEAKER: Mapping[str, str] = {
    "name": "description activity-description task-description job-description work-description "
    "beschreibung bezeichnung vorgangsbeschreibung tätigkeitsbeschreibung désignation libellé "
    "descripción descrizione descrição omschrijving opis beskrivelse beskrivning popis details "
    "what",
    "duration": "time times activity-time activity-times task-time job-time expected-time "
    "expected estimated-time normal-time completion-time processing-time time-required "
    "required-time time-needed time-estimate estimated-time-required est-time estimate how-long "
    "length-of-time mean normalzeit tempo-normale nt tn dn varighet est-duration est-dur length "
    "activity-length te t d zeit zeitdauer zeitbedarf "
    "temps temps-requis délai tiempo tiempo-estimado tiempo-normal tiempo-esperado tempo tijd "
    "czas tid čas zaman idő",
}
#: How the heads of three estimates are told by a part of theirs: “Most likely estimate (m)”.
ESTIMATES: Mapping[str, str] = {
    r"optimist|optymist|ottimist|otimist|optimum": "low",
    r"likely|probable?\b|probabile|wahrscheinlich(?!keit)|vraisemblable|realisti|prawdopodobn"
    r"|provável|waarschijnlijk|häufigst|mest-sandsynlig|mest-sannolik|nejpravděpodobn": "likely",
    r"pess?imist|pesymist": "high",
}
#: The signs of the three, behind another word: “Time (a)”.
SIGNS: Mapping[str, str] = {
    "low": "a o to ta t0 opt",
    "likely": "m tm ml",
    "high": "b p tb tp pess",
}
#: What says of a head that no list above knows what stands below: “Immediate predecessor tasks”.
#: The first that fits counts, since “Predecessor of” names what follows.
PARTS: Mapping[str, str] = {
    r"\b(?:that|which|what)\b.*\bprecede": "after",
    r"\bprecedes?\b|\b(?:predecessor|prerequisite|pre-requisite)s?(?:\([a-z]*\))?-(?:of|for|to)$"
    r"|\bvorgänger-(?:von|für)$|\bprédécesseurs?-de$|\bpredecesor[ae]?s?-de$"
    r"|\b(?:needed|required)-(?:by|for)$|\bantérieure?s?-[àa]$|\bmust-(?:come-)?before\b": "next",
    r"\bdependants?\b(?!-(?:on|upon))|\bdependents$|\bdependent-(?!on\b|upon\b)": "next",
    r"successor|succeed|\bfollowers?\b|successiv|nachfolg|successeur|suivant|sucesor|sucessor|followed"
    r"|\bfollowing\b|postérieur|posterior|siguiente|subsequent|seguinte|następ|opvolg|efterfølg"
    r"|efterfölj"
    r"|následuj|následn|ardıl|rákövetkez": "next",
    r"predecessor|preced|depend|prerequisit|pre-requisit|\bprior\b|\bprevious\b|antecedent"
    r"|\bfollows\b": "after",
    r"vorgänger|vorgaenger|vorhergehend|vorangehend|voraussetzung|abhängig|vorausgehend": "after",
    r"antéri|prédécesseur|précéd|antécédent|dépend|prérequis|préalable": "after",
    r"predeces|anteces|antecess|dipend|propedeut|anterior|previ[ao]": "after",
    r"voorgaand|voorafgaand|voorganger|afhankelijk|poprzed|forgænger|foregående|forudgående|föregå|předch"
    r"|předcház|öncül|öncek|megelőz|előzmény": "after",
    r"duration|dauer|durée|duración|durata|duração": "duration",
}
#: Heads of which no part says anything: columns of project programs with other numbers.
OTHERS = (
    r"^unique|^wbs|crash|beschleunigt|minimald|minimale?$|minima$|actual|remaining|baseline|variance|deviation|\bcost|kosten|coût|coste?\b"
    r"|costo|custo|\bfloat|slack|puffer|marge|berechnete|verbleibend|tatsächlich|geplant-abw"
    r"|accéléré|acelerad|restante|\bdrivers?\b|driving"
)
#: Units that stand above the column alone, and words that may stand beside them.
ALONE = (
    "days weeks months hours minutes tage wochen monate stunden minuten jours semaines mois heures "
    "días semanas meses horas giorni settimane mesi ore dagen weken maanden uren dias dage uger "
    "dagar veckor dni tygodnie gün hafta"
)
BESIDE = (
    "estimated required needed no number of to complete expected normal planned nombre de en in"
)
#: What stands before a unit and says nothing of it, and what says whether weekends are counted.
IN = "in en em à i w v of as"
WORKING = (
    "work working business workday net arbeits werk arbets arbejds ouvrés ouvrables ouvré hábiles "
    "laborables laborales úteis lavorativi robocze roboczych pracovní pracovních iş"
)
ELAPSED = (
    "calendar elapsed kalender calendaires calendaire civils naturales calendario corridos "
    "consecutivos solari kalendarzowe kalenderdagen takvim"
)
#: Units that are two words in one, and signs for them.
JOINED: Mapping[str, str] = {"at": "tage", "wd": "days", "kt": "elapsed tage", "cd": "elapsed days"}
#: Units that could be two, so that nobody takes them for one: months or minutes.
EITHER = "m"
#: What stands behind the head of a duration and is no unit: its sign, or a word about it.
NO_UNITS = (
    "t te t-e ti t-i tij t-ij dij d-ij di d-i d i,j ij et dt ta a m b o p to tm tp tb opt ml pess "
    "d(i,j) t(i,j) x estimated expected normal planned pert cpm mean average est optional geplant "
    "geschätzt erwartet prévue estimée estimada esperada stimata"
)
#: What the events are called between which tasks lie, and the words that tell the two apart.
NODES = (
    "event events node nodes knoten ereignis evento suceso nodo nœud noeud sommet étape vertex "
    "circle knooppunt"
)
FROM = (
    "i from start starting begin beginning initial tail preceding predecessor previous first "
    "origin début départ initiale origen inicial inicio iniziale anfang von de vorgänger"
)
TO = (
    "j to end ending finish final head succeeding successor following next last terminal terminale "
    "fin finale arrivée destino destination fine ende ziel nach à nachfolger"
)
#: What stands above a column that holds both events of each task.
BOTH = r"\bi[-,/ ]*j\b|\barcs?\b|\barrow|\bpfeil|\bflecha|\bedge"
#: What a head names that is supposed to hold the tasks where no other does.
TASKS = (
    r"\bactivit|\btasks?\b|\bjobs?\b|vorgang|tätigkeit|aufgabe|\btâche|tarea|tarefa|activid"
    r"|taak"
)
#: Heads that could name what comes before or what follows; they are read as the first.
EITHER_WAY = "dependent dependant"
#: What else stands in the heads of events.
NUMBERED = "no nr number n° the of"


# -- cells -----------------------------------------------------------------------------------------

#: What the two ends of a task are called, of which a relation links one with one of the next task.
FINISHES = (
    "f finish finished end ende fin fine fim einde término termino koniec slut konec bitiş vége"
)
STARTS = (
    "s start started begin beginning beginn anfang début comienzo inicio inizio início początek "
    "začátek başlangıç kezdés"
)
#: What stands between the two.
BETWEEN = "to t 2 a à bis zu zum til till naar y"
#: What the last row of a list begins with that adds up the others.
TOTALS = (
    "total totals sum summe gesamt gesamtdauer gesamtsumme insgesamt somme suma totale totaal "
    "razem celkem toplam összesen summa samlet"
)
#: And what may stand behind or before it.
OF_TOTALS = (
    "grand overall project duration time days weeks months hours dauer projektdauer zeit tage "
    "wochen completion expected durée duración durata projekt du de des del la le projet proyecto "
    "progetto general générale générale"
)
#: What a row below the table begins with that says something about it.
REMARKS = (
    "note notes source sources quelle hinweis anmerkung bemerkung nota notas remarque fuente fonte "
    "remark remarks legend legende"
)
#: How tasks are called that take no time and only keep an order, in networks of arrows.
DUMMIES = (
    "dummy dummies scheinvorgang scheintätigkeit scheinaktivität fictive fictif ficticia ficticio "
    "fittizia fittizio virtual"
)
#: Constraints of project programs that constrain nothing.
UNCONSTRAINED = (
    "as soon as possible|asap|so früh wie möglich|dès que possible|lo antes posible"
    "|il più presto possibile|zo snel mogelijk|o mais breve possível|o mais cedo possível|none"
)
