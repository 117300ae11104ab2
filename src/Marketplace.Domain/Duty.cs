namespace Marketplace.Domain;

/// <summary>What somebody may be trusted with. A request names those of which one is enough.</summary>
[Flags]
public enum Duty
{
    None = 0,

    /// <summary>To see what is the organisation's.</summary>
    Read = 1,

    /// <summary>Results, offers, applications, terms, trials: all that binds nobody before it is signed.</summary>
    Negotiate = 2,

    /// <summary>To bind the organisation: signatures, conversion, giving up a sum.</summary>
    Sign = 4,

    /// <summary>Reports of sales, invoices, payments, accounts to be paid on, distribution of income.</summary>
    Finance = 8,

    /// <summary>Who belongs to the team, and as what.</summary>
    Lead = 16,

    /// <summary>The daily business of the marketplace itself.</summary>
    Operate = 32,

    /// <summary>The second look: verifications, approvals, decisions, closing of months.</summary>
    Approve = 64,

    /// <summary>To act for oneself: whoever has an account.</summary>
    Self = 128,

    /// <summary>An inventor's: to see what one's own share of a laboratory's income is, and to object.</summary>
    Inventor = 256,

    All = Self | Read | Negotiate | Sign | Finance | Lead | Operate | Approve | Inventor,
}
