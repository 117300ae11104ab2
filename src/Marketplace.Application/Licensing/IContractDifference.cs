namespace Marketplace.Application.Licensing;

/// <summary>Compares the texts of two contracts as their readers see them.</summary>
public interface IContractDifference
{
    /// <summary>Every paragraph of both, in order.</summary>
    IReadOnlyList<ComparedParagraph> Between(ContractDocument before, ContractDocument after);
}

/// <param name="Words">Runs of text; together what either side reads, when the runs of the other side are left out.</param>
public sealed record ComparedParagraph(TextChange Change, IReadOnlyList<ComparedWords> Words);

public sealed record ComparedWords(TextChange Change, string Text);

public enum TextChange
{
    Same,

    /// <summary>Of a paragraph: some of its words are inserted or deleted.</summary>
    Changed,
    Inserted,
    Deleted,
}
