namespace Marketplace.Domain.Disclosures;

/// <summary>Who may have a file of a result. That it exists, and what it is called, everybody may know who may see the result.</summary>
public enum DisclosureTier
{
    /// <summary>公开: everybody.</summary>
    Public,

    /// <summary>保密协议: companies that have signed the confidentiality agreement about the result, or whose agreement about it runs.</summary>
    Confidential,

    /// <summary>合同: the company whose agreement about it runs.</summary>
    Agreement,
}

/// <summary>By what right somebody has been given a file that is not public.</summary>
public enum DisclosureRight
{
    /// <summary>A confidentiality agreement in force.</summary>
    Confidentiality,

    /// <summary>An agreement about the result, from its last signature until it is over.</summary>
    Agreement,

    /// <summary>The marketplace's own people: they administer and audit it.</summary>
    Marketplace,
}
