//! Shares of amounts in one currency, added up.

use rust_decimal::Decimal;

use crate::{money::Money, share, share::Part};

/// A sum of shares of amounts. It is exact until it is printed: three thirds of something are all of it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sum {
    /// In smallest coins.
    coins: Part,
    /// Decimals of the currency.
    scale: u32,
}

impl Sum {
    /// The sum with one more share of an amount. A share that is too large to be computed does not count.
    pub(super) fn and(self, amount: &Money, of: Part) -> Self {
        let amount = amount.amount();
        let more = amount.mantissa().checked_mul(*of.numer()).map(|coins| Part::new(coins, *of.denom()));
        self.plus(Self { coins: more.unwrap_or_default(), scale: amount.scale() })
    }

    /// Two sums in one.
    pub(super) fn plus(self, more: Self) -> Self {
        // Where the shares are so odd that they have no common denominator, the added sum loses the fraction
        // of a coin.
        let sum =
            share::added(self.coins, more.coins).or_else(|| share::added(self.coins, more.coins.floor()));
        Self { coins: sum.unwrap_or(self.coins), scale: more.scale }
    }

    /// The sum without another sum that was added before.
    pub(super) fn less(self, gone: Self) -> Self {
        self.plus(Self { coins: -gone.coins, ..gone })
    }

    pub(super) fn is_zero(self) -> bool {
        self.coins == Part::ZERO
    }

    /// As an amount, rounded down to what the currency can express.
    pub(super) fn rounded_down(self, currency: &str) -> Option<Money> {
        let amount = Decimal::try_from_i128_with_scale(self.coins.to_integer(), self.scale).ok()?;
        Money::rounded_down(currency, amount)
    }
}
