//! Questions about a request, and their answers: threads beside the request.

use chrono::{DateTime, Datelike, Duration, Utc, Weekday};
use serde::{Deserialize, Serialize};

use super::{
    names::{ClarificationId, ClarificationMessageId},
    organization::Kind,
    thread::Messages,
    words::words,
};

words! {
    /// What waits for the answer.
    pub enum Blocks {
        /// Nothing.
        None = "none",
        /// The execution of the request.
        Request = "request",
        /// Only the assets concerned.
        Assets = "assets",
    }
}

macro_rules! topics {
    ($($(#[$doc:meta])* $topic:ident = $word:literal, $blocks:ident, $days:literal;)*) => {
        words! {
            /// What a question is about.
            pub enum Topic { $($(#[$doc])* $topic = $word,)* }
        }

        impl Topic {
            /// What a question of this topic blocks unless its opener says otherwise.
            #[must_use]
            pub const fn blocks(self) -> Blocks {
                match self { $(Self::$topic => Blocks::$blocks,)* }
            }

            /// Working days within which a reply is expected.
            #[must_use]
            pub const fn expected_days(self) -> u32 {
                match self { $(Self::$topic => $days,)* }
            }
        }
    };
}

topics! {
    /// Notifying the person or affected parties.
    Notify = "notify", Request, 3;
    /// Bona fide third parties.
    Third = "third", Assets, 15;
    /// Ordinary and extraordinary costs.
    Costs = "costs", None, 10;
    /// Identity.
    Ident = "ident", Request, 2;
    /// Unclear account, plot, vessel.
    Assetid = "assetid", Assets, 5;
    /// Purpose, article, court order.
    Legalbasis = "legalbasis", Request, 15;
    /// All assets or listed.
    Scope = "scope", Assets, 15;
    /// Link to the crime.
    Nexus = "nexus", Request, 20;
    /// National time limit.
    Duration = "duration", None, 10;
    /// Management and sale.
    Manage = "manage", Assets, 10;
    /// Valuation.
    Value = "value", None, 10;
    /// To whom the request may be shown.
    Disclose = "disclose", Request, 3;
    /// Copy, translation, seal, signature.
    Form = "form", Request, 3;
    /// Another freeze on the same asset.
    Compete = "compete", Assets, 15;
    /// State-owned or diplomatic property.
    Immunity = "immunity", Assets, 20;
    /// Interference with an own case.
    Postpone = "postpone", Request, 10;
    /// Payment details, tax, sharing.
    Transfer = "transfer", None, 10;
    /// What ceased, how to return.
    Release = "release", None, 5;
    /// Risk for victims, witnesses or staff.
    Security = "security", Request, 1;
}

words! {
    /// Where a thread stands.
    pub enum State {
        /// Waits for a reply.
        Open = "open",
        /// Has a reply.
        Answered = "answered",
        /// Settled.
        Resolved = "resolved",
    }
}

words! {
    /// What can be done with a thread.
    pub enum ClarificationAct {
        /// Ask.
        Open = "open_clarification",
        /// Answer, or ask on.
        Reply = "reply_to_clarification",
        /// Hand on to the Chamber.
        Reroute = "reroute_clarification",
        /// Settle.
        Resolve = "resolve_clarification",
    }
}

words! {
    /// Who, of a thread's two ends, may act.
    pub enum End {
        /// Whoever asked.
        Opener = "opener",
        /// Whoever owes the next reply.
        Addressee = "addressee",
    }
}

/// The lifecycle of threads: act, end, from, to.
pub const ROWS: &[(ClarificationAct, End, &[State], State)] = &[
    (ClarificationAct::Reply, End::Addressee, &[State::Open], State::Answered),
    (ClarificationAct::Reply, End::Opener, &[State::Answered], State::Open),
    (ClarificationAct::Reroute, End::Addressee, &[State::Open], State::Open),
    (ClarificationAct::Resolve, End::Opener, &[State::Open, State::Answered], State::Resolved),
];

/// A new question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewClarification {
    /// What it is about.
    pub topic: Topic,
    /// What waits for the answer; by topic when nothing is said.
    pub blocks: Option<Blocks>,
}

/// A question, and where its answers stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clarification {
    /// Its name.
    pub name: ClarificationId,
    /// What it is about.
    pub topic: Topic,
    /// What waits for the answer.
    pub blocks: Blocks,
    /// Kind of organization that opened it.
    pub opener: Kind,
    /// Kind of organization that owes the next reply.
    pub addressee: Kind,
    /// Where it stands.
    pub state: State,
    /// What there is to know of its entries at a glance.
    #[serde(flatten)]
    pub messages: Messages<ClarificationMessageId>,
    /// When it was opened.
    pub create_time: DateTime<Utc>,
    /// Until when a reply is expected.
    pub expected_reply_time: DateTime<Utc>,
}

impl Clarification {
    /// The state that an act by someone of `kind` leads to; none when the thread does not allow it.
    #[must_use]
    pub fn next(&self, act: ClarificationAct, kind: Kind) -> Option<State> {
        let row = ROWS.iter().find(|(row_act, end, from, _)| {
            *row_act == act && self.is_at(*end, kind) && from.contains(&self.state)
        });
        row.map(|(.., to)| *to)
    }

    /// Whether someone of `kind` stands at an end from which the act can be done at all.
    #[must_use]
    pub fn may(&self, act: ClarificationAct, kind: Kind) -> bool {
        ROWS.iter().any(|(row_act, end, ..)| *row_act == act && self.is_at(*end, kind))
    }

    fn is_at(&self, end: End, kind: Kind) -> bool {
        match end {
            End::Opener => self.opener == kind,
            End::Addressee => self.addressee == kind,
        }
    }
}

/// The instant `days` working days (Monday to Friday) after another.
#[must_use]
pub fn working_days_after(start: DateTime<Utc>, days: u32) -> DateTime<Utc> {
    let (mut instant, mut left) = (start, days);
    while left > 0 {
        instant += Duration::days(1);
        if !matches!(instant.weekday(), Weekday::Sat | Weekday::Sun) {
            left -= 1;
        }
    }
    instant
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekends_do_not_count() {
        let friday: DateTime<Utc> = "2008-05-30T10:00:00Z".parse().unwrap();
        assert_eq!(working_days_after(friday, 1).to_rfc3339(), "2008-06-02T10:00:00+00:00");
        assert_eq!(working_days_after(friday, 6).to_rfc3339(), "2008-06-09T10:00:00+00:00");
        assert_eq!(working_days_after(friday, 0), friday);
    }

    #[test]
    fn topics_follow_the_table_of_the_field() {
        let blocking = |blocks| Topic::ALL.iter().filter(move |topic| topic.blocks() == blocks).count();
        assert_eq!((blocking(Blocks::Request), blocking(Blocks::Assets), blocking(Blocks::None)), (8, 6, 5));
        assert_eq!(Topic::Security.expected_days(), 1, "a risk for people is answered the next day");
    }
}
