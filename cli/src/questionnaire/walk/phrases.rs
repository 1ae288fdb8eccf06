//! What the conversation says, in the languages of the program. `{0}`, `{1}` and so on stand for what is told.

use crate::questionnaire::tongue::Tongue;

impl Tongue {
    /// A phrase with its parts.
    pub(super) fn say(self, phrase: Phrase, parts: &[&str]) -> String {
        let mut said = String::new();
        let mut rest = phrase.text(self);
        // In one pass: a part may itself hold braces.
        while let Some((before, after)) = rest.split_once('{') {
            let Some((number, after)) = after.split_once('}') else { break };
            said.push_str(before);
            said.push_str(number.parse().ok().and_then(|place: usize| parts.get(place)).unwrap_or(&""));
            rest = after;
        }
        said + rest
    }

    /// A number with its thousands set apart.
    pub(super) fn number(self, number: usize) -> String {
        let number = focalnet_contract::wire::thousands(number);
        if self == Self::French { number.replace(',', "\u{202f}") } else { number }
    }
}

macro_rules! phrases {
    ($($phrase:ident: $english:literal, $french:literal;)*) => {
        /// Each thing that is said.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Phrase { $($phrase),* }

        impl Phrase {
            #[cfg(test)]
            pub(super) const ALL: &[Self] = &[$(Self::$phrase),*];

            /// Its words.
            pub(super) const fn text(self, tongue: Tongue) -> &'static str {
                match (self, tongue) { $(
                    (Self::$phrase, Tongue::English) => $english,
                    (Self::$phrase, Tongue::French) => $french,
                )* }
            }
        }
    };
}

phrases! {
    // The way through the questions.
    IsDue: "{0}, version {1}: the response of {2} to {3} is due on {4}.",
        "{0}, version {1} : la réponse de {2} à {3} est attendue pour le {4}.";
    WasDue: "{0}, version {1}: the response of {2} to {3} was due on {4}.",
        "{0}, version {1} : la réponse de {2} à {3} était attendue pour le {4}.";
    TakenUp: "It is taken up again: {0}", "Elle est reprise : {0}";
    SavedAtOnce: "Each answer is saved at once. `?` shows what can be written.",
        "Chaque réponse est enregistrée aussitôt. `?` montre ce que l'on peut écrire.";
    NoneBefore: "There is no question before this one.", "Il n'y a pas de question avant celle-ci.";
    NothingOpen: "nothing is open; submit with `{0}`", "aucune question n'est ouverte ; soumettez avec `{0}`";
    NoneRequired: "{0} answered, {1} open, none of them required; go on with `{2}`, or submit with `{3}`",
        "réponses : {0}, questions ouvertes : {1}, dont aucune obligatoire ; continuez avec `{2}`, ou soumettez avec `{3}`";
    SomeRequired: "{0} answered, {1} open, {2} of them required ({3}); go on with `{4}`",
        "réponses : {0}, questions ouvertes : {1}, dont obligatoires : {2} ({3}) ; continuez avec `{4}`";

    // A question and its answer.
    Standing: "{0} · {1} answered, {2} open, {3} not asked",
        "{0} · réponses : {1}, questions ouvertes : {2}, non posées : {3}";
    LegalBasis: "Legal basis: {0}", "Base légale : {0}";
    CannotStay: "The answer there is cannot stay: {0}", "La réponse donnée ne peut pas rester : {0}";
    NothingToAnswer: "There is nothing to answer.", "Il n'y a rien à répondre.";
    Required: "An answer is required.", "Une réponse est obligatoire.";
    FilledIn: "Filled in from an earlier response; Enter confirms it:",
        "Repris d'une réponse antérieure ; Entrée le confirme :";
    AnsweredBy: "Answered by {0}; Enter keeps it:", "Réponse de {0} ; Entrée la garde :";
    TakenBackBy: "An answer was taken back by {0}.", "Une réponse a été retirée par {0}.";
    NothingWritten: "Nothing was written: `:skip` leaves the question open.",
        "Rien n'a été écrit : `:skip` laisse la question ouverte.";
    OfType: "The answer must be of the type {0}, or an absence.",
        "La réponse doit être du type {0}, ou dire pourquoi elle manque.";
    NoneOfOptions: "The answer is none of the options: {0}.", "La réponse n'est pas une des options : {0}.";
    NothingChosen: "The answer must choose at least one option.", "La réponse doit choisir au moins une option.";
    ChosenTwice: "The answer must name each option once.", "La réponse doit nommer chaque option une seule fois.";
    NoLaw: "The answer must name at least one law.", "La réponse doit nommer au moins une loi.";
    BeginsAnew: "The answer begins anew.", "La réponse reprend au début.";
    NoComment: "The answer will have no comment.", "La réponse n'aura pas de commentaire.";
    CommentGoes: "The comment goes with the answer.", "Le commentaire accompagne la réponse.";
    WillBeValid: "The answer will be valid from {0}.", "La réponse vaudra à partir du {0}.";
    WillBeShared: "The answer will be shared with other States Parties.",
        "La réponse sera partagée avec les autres États Parties.";
    WillNotBeShared: "The answer will not be shared with other States Parties.",
        "La réponse ne sera pas partagée avec les autres États Parties.";
    Saved: "Saved:", "Enregistré :";
    SavedLong: "Saved, {0} characters:", "Enregistré, {0} caractères :";
    More: "… {0} characters more …", "… encore {0} caractères …";
    TakenBack: "The answer is taken back: {0} is open.", "La réponse est retirée : {0} est ouverte.";
    NothingToTakeBack: "There is no answer to take back.", "Il n'y a pas de réponse à retirer.";
    Constraint: "must satisfy the constraint `{0}`", "doit satisfaire la contrainte `{0}`";
    NotAsked: "{0} is not asked, as the other answers are", "{0} n'est pas posée, vu les autres réponses";
    AttestedStays: "what was attested is not taken back: answer it as it is now",
        "ce qui a été attesté ne se retire pas : répondez selon la situation actuelle";
    ResponseTooLarge: "would make the response larger than 2 MiB: shorten the texts, or name a document instead",
        "la réponse dépasserait 2 Mio : raccourcissez les textes, ou nommez plutôt un document";
    NotSaved: "Not saved: {0}", "Non enregistré : {0}";
    Unsaved: "Your answer to {0} is not saved.", "Votre réponse à {0} n'est pas enregistrée.";
    SendAgain: "Enter sends it again, :quit leaves", "Entrée l'envoie de nouveau, :quit quitte";
    EditText: "`:edit` writes answers in words, at a terminal.",
        "`:edit` sert à écrire des réponses en toutes lettres, dans un terminal.";
    EditorFailed: "The editor `{0}` has failed: {1}. `EDITOR` names another one.",
        "L'éditeur `{0}` a échoué : {1}. `EDITOR` en nomme un autre.";

    // Before the conversation.
    NoJson: "a conversation cannot be had in JSON; `focalnet questionnaire save-answers` saves answers, `focalnet \
             questionnaire import` a file of them",
        "une conversation ne se tient pas en JSON ; `focalnet questionnaire save-answers` enregistre des réponses, \
         `focalnet questionnaire import` un fichier de réponses";
    NoQuestion: "{0} is no question of the questionnaire {1}", "{0} n'est pas une question du questionnaire {1}";
    IsNote: "{0} is a note: there is nothing to answer", "{0} est une note : il n'y a rien à répondre";
    OwnPeople: "only the State's own people answer its response", "seuls les agents de l'État répondent pour lui";
    NotWaiting: "the response is {0}: no answers are saved to it; `focalnet questionnaire reopen-response {1}` takes it \
                 up again",
        "la réponse est {0} : aucune réponse n'y est plus enregistrée ; `focalnet questionnaire reopen-response {1}` la \
         reprend";
    Draft: "draft", "à l'état de projet";
    Submitted: "submitted", "soumise";
    Attested: "attested", "attestée";
    Reopened: "reopened", "rouverte";
    NoConditions: "this program cannot read the conditions of the questionnaire",
        "ce programme ne sait pas lire les conditions du questionnaire";

    // Two answers to one question.
    SavedBy: "Saved by {0}.", "Enregistré par {0}.";
    AnsweredMeanwhile: "{0} was answered meanwhile.", "Entre-temps, quelqu'un a répondu à {0}.";
    Theirs: "Theirs, by {0}:", "La leur, par {0} :";
    Mine: "Mine, not saved yet:", "La mienne, pas encore enregistrée :";
    KeepWhich: "keep mine or theirs", "garder : mine (la mienne) ou theirs (la leur)";
    TheirsStays: "Theirs stays.", "La leur reste.";
    MineOrTheirs: "Write mine or theirs; `:quit` leaves theirs and ends.",
        "Écrivez mine ou theirs ; `:quit` garde la leur et termine.";

    // What was written.
    ControlCharacters: "The line holds control characters, as arrow keys leave them: write it again.",
        "La ligne contient des caractères de contrôle, comme en laissent les flèches : écrivez-la de nouveau.";
    NotUtf8: "The line is not in UTF-8: write it again.", "La ligne n'est pas en UTF-8 : écrivez-la de nouveau.";
    Cut: "This terminal cuts lines after {0} bytes, and this one may have been longer: use `:edit`, or a pipe.",
        "Ce terminal coupe les lignes après {0} octets, et celle-ci était peut-être plus longue : utilisez `:edit` ou un tube.";
    TooEarly: "What came before the question is not taken ({0} bytes). `:edit` takes several lines where pasting them does not.",
        "Ce qui est arrivé avant la question n'est pas pris ({0} octets). `:edit` accepte plusieurs lignes là où les coller échoue.";
    NoCommand: "`:{0}` is no command; `?` shows them.", "`:{0}` n'est pas une commande ; `?` les montre.";
    StandsAlone: "`:{0}` stands alone on its line.", "`:{0}` est seul sur sa ligne.";
    OneLine: "Write it on one line.", "Écrivez-le sur une seule ligne.";
    TooLong: "At most {0} characters fit.", "Au plus {0} caractères tiennent.";
    YesOrNo: "Write y or n.", "Écrivez o ou n.";
    WholeNumber: "Write a whole number in figures without blanks, as 12000.",
        "Écrivez un nombre entier en chiffres, sans espaces : 12000.";
    DecimalNumber: "Write a number in figures with a point and without blanks, as 12.5.",
        "Écrivez un nombre en chiffres, avec un point et sans espaces : 12.5.";
    Day: "Write a day as year, month and day: 2026-03-02.", "Écrivez un jour par année, mois et jour : 2026-03-02.";
    Length: "Write a whole number of hours, days, months or years: 48 h, 5 d, 24 months, 2 ans.",
        "Écrivez un nombre entier d'heures, de jours, de mois ou d'années : 48 h, 5 j, 24 mois, 2 ans.";
    LengthWithin: "The number must be from 0 to {0}.", "Le nombre doit aller de 0 à {0}.";
    NoneOfNumbered: "`{0}` is none of the options: write a number from 1 to {1}, or a key.",
        "`{0}` n'est pas une des options : écrivez un nombre de 1 à {1}, ou une clé.";
    NoneOfKeys: "`{0}` is none of the options: write a key.", "`{0}` n'est pas une des options : écrivez une clé.";
    SeveralLines: "An answer of the type {0} takes several lines.", "Une réponse du type {0} prend plusieurs lignes.";
    LanguageTag: "Write a BCP 47 tag, as fr or pt-BR.", "Écrivez une étiquette BCP 47, comme fr ou pt-BR.";
    Mail: "Write an e-mail address, as name@example.org.", "Écrivez une adresse électronique, comme nom@example.org.";
    Telephone: "Write a telephone number with its country code, as +351 21 000 0000.",
        "Écrivez un numéro de téléphone avec l'indicatif du pays : +351 21 000 0000.";
    Nobody: "Name an authority or a person.", "Nommez une autorité ou une personne.";
    FileProblem: "{0}: {1}.", "{0} : {1}.";
    IsNoFile: "{0}: is no file.", "{0} : n'est pas un fichier.";
    FileTooLarge: "{0}: is too large.", "{0} : est trop grand.";

    // Within an answer of several lines.
    WithinHelp: "Write what is asked for; `:back` begins the answer anew, `:quit` leaves.",
        "Écrivez ce qui est demandé ; `:back` reprend la réponse au début, `:quit` quitte.";
    WithinCommands: "Within an answer there are only `:back` and `:quit`; `::` begins a text with a colon.",
        "Dans une réponse il n'y a que `:back` et `:quit` ; `::` commence un texte par un deux-points.";
    OrNone: "{0} (Enter for none)", "{0} (Entrée : rien)";
    Article: "article or section", "article ou section";
    Link: "where it can be read, https://…", "où on peut la lire, https://…";
    LawSince: "in force from, as 2026-03-02 (Enter for not said)",
        "en vigueur depuis, comme 2026-03-02 (Entrée : non dit)";
    MostLaws: "An answer names at most {0} laws: these are taken.", "Une réponse nomme au plus {0} lois : celles-ci sont prises.";
    AnotherLaw: "title of another law (Enter ends the list)", "titre d'une autre loi (Entrée termine la liste)";
    Person: "person", "personne";
    PostalAddress: "postal address, on one line", "adresse postale, sur une ligne";
    MailAddress: "e-mail", "adresse électronique";
    TelephoneNumber: "telephone with country code", "téléphone avec l'indicatif du pays";
    AnyHour: "can somebody be reached at any hour, y or n (Enter for n)",
        "quelqu'un est-il joignable à toute heure, o ou n (Entrée : n)";
    FilePath: "path of the file", "chemin du fichier";
    FileLanguage: "its language (Enter for {0})", "sa langue (Entrée : {0})";

    // What the prompt of a question asks for.
    AskBoolean: "y or n", "o ou n";
    AskNumber: "number or key", "numéro ou clé";
    AskNumbers: "numbers or keys", "numéros ou clés";
    AskKey: "key", "clé";
    AskKeys: "keys", "clés";
    AskText: "text ({0})", "texte ({0})";
    AskInteger: "whole number", "nombre entier";
    AskDecimal: "number, as 12.5", "nombre, comme 12.5";
    AskDay: "day, as 2026-03-02", "jour, comme 2026-03-02";
    AskLength: "length of time, as 24 months", "durée, comme 24 mois";
    AskLaw: "title of a law ({0})", "titre d'une loi ({0})";
    AskContact: "authority (- for none)", "autorité (- : aucune)";
    AskFile: "kind of file, as certified copy of the order", "nature du fichier, comme copie certifiée de l'ordonnance";

    // Values.
    Hour: "hour", "heure";
    Hours: "hours", "heures";
    OneDay: "day", "jour";
    Days: "days", "jours";
    Month: "month", "mois";
    Months: "months", "mois";
    Year: "year", "an";
    Years: "years", "ans";
    InForceFrom: "in force from {0}", "en vigueur depuis le {0}";
    AtAnyHour: "at any hour", "à toute heure";
    Bytes: "{0} bytes", "{0} octets";
    Somebody: "somebody", "quelqu'un";
    Author: "{0} on {1} at {2} UTC", "{0} le {1} à {2} UTC";
    ValidFrom: "valid from {0}", "valable depuis le {0}";
    Shared: "shared with other States Parties", "partagé avec les autres États Parties";
    Comment: "comment: {0}", "commentaire : {0}";

    Help: "\
An answer, as the prompt says; or
  Enter            confirms what is filled in, or keeps the answer there is
  :unknown         it is not known, or unclear
  :n/a             it does not apply
  :reform          the law is under reform
  :withheld        it is known and not said
  :comment TEXT    a word about the answer that follows; without a text none
  :since DATE      the answer that follows is so since that day, as 2026-03-02
  :share           shares the answer that follows with other States Parties, or no longer
  :edit            writes a long text in your editor, which EDITOR names
  :takeback        takes back the answer there is: the question is open again
  :skip            leaves the question as it is
  :back            to the question before
  :quit            leaves; so does the end of input. What was saved stays saved
  ::TEXT           a text that itself begins with a colon
At a terminal a pasted text may have several lines; the arrow keys move in it, and up brings back what was written.",
        "\
Une réponse, comme le dit l'invite ; ou
  Entrée           confirme ce qui est repris, ou garde la réponse donnée
  :unknown         ce n'est pas connu, ou pas clair
  :n/a             sans objet
  :reform          la loi est en cours de réforme
  :withheld        c'est connu et ce n'est pas communiqué
  :comment TEXTE   un mot sur la réponse qui suit ; sans texte, aucun
  :since JOUR      la réponse qui suit vaut depuis ce jour, comme 2026-03-02
  :share           partage la réponse qui suit avec les autres États Parties, ou ne la partage plus
  :edit            écrit un long texte dans votre éditeur, que nomme EDITOR
  :takeback        retire la réponse donnée : la question est de nouveau ouverte
  :skip            laisse la question comme elle est
  :back            à la question précédente
  :quit            quitte ; la fin de l'entrée aussi. Ce qui est enregistré le reste
  ::TEXTE          un texte qui commence lui-même par un deux-points
Dans un terminal, un texte collé peut avoir plusieurs lignes ; les flèches y circulent, et la flèche vers le haut rappelle ce qui a été écrit.";
}
