using System.Text.Json;
using Marketplace.Domain;
using Marketplace.Domain.Licensing;

namespace Marketplace.Application.Licensing;

/// <summary>Contract templates: text and terms from one source. Published versions never change.</summary>
public interface IContractTemplates
{
    /// <summary>The newest version of each, by id.</summary>
    IReadOnlyList<TemplateDetails> Newest { get; }

    /// <summary>Null: there is no such template or version.</summary>
    /// <param name="version">Null: the newest.</param>
    TemplateDetails? Find(string id, int? version = null);

    /// <summary>Terms with the blanks filled in; what is not given takes its default.</summary>
    /// <param name="values">JSON value, or its text, of parameters by name.</param>
    /// <returns>Refused with <c>template-unknown</c>, <c>value-unknown</c>, <c>value-…</c>, <c>out-of-range</c>, or as <see cref="AgreementTerms.Check"/> does.</returns>
    Result<AgreementTerms> Fill(string id, int? version, IReadOnlyDictionary<string, JsonElement> values);

    /// <summary>Whether terms that name a template are what it gives with their values; null when they are, or name none.</summary>
    Refusal? Check(AgreementTerms terms);

    /// <summary>The contract that these terms stand for, numbered; null when they name no template that is known here.</summary>
    ContractDocument? Write(AgreementTerms terms, ContractFacts facts, bool inEnglish);

    /// <summary>The templates that these terms name, in their versions.</summary>
    IReadOnlyList<TemplateDetails> NamedBy(IEnumerable<AgreementTerms> all) =>
        [.. all.Select(t => t.Template).OfType<TemplateRef>().Select(t => Find(t.Id, t.Version)).OfType<TemplateDetails>().DistinctBy(t => (t.Id, t.Version))];
}

/// <param name="Parties">lab, company, and guarantor or broker where there is one.</param>
public sealed record TemplateDetails(
    string Id, int Version, string Hash, BilingualText Title, BilingualText Summary, BilingualText SuitedFor, IReadOnlyList<string> Parties,
    IReadOnlyList<ParameterDetails> Parameters);

/// <param name="Default">As text: integers in digits, dates ISO 8601, booleans true or false, lists as JSON.</param>
/// <param name="IsPlaceholder">The default says what to write there, and is not meant to be signed.</param>
public sealed record ParameterDetails(
    string Name, ParameterType Type, long? Min, long? Max, string Default, IReadOnlyList<ChoiceOption> Options, bool IsTextOnly, bool IsPlaceholder,
    BilingualText Label, BilingualText Help);

public sealed record ChoiceOption(string Key, BilingualText Label);

public enum ParameterType
{
    /// <summary>Minor units of the agreement's currency.</summary>
    Money,

    /// <summary>Parts per million.</summary>
    Rate,
    Months,
    Days,
    Integer,
    Date,
    Boolean,
    Text,
    Choice,
    Currency,

    /// <summary>List of <see cref="RoyaltyTier"/>.</summary>
    Tiers,

    /// <summary>List of <see cref="Instalment"/>.</summary>
    Instalments,

    /// <summary>List of <see cref="BuyOutPrice"/>.</summary>
    Prices,
}

/// <summary>What a contract says beside its terms. Null: not known yet, and the text says so.</summary>
/// <param name="Rights">The intellectual property, in words.</param>
public sealed record ContractFacts(
    string? AgreementId = null, BilingualText? LabName = null, string? LabUscc = null, BilingualText? CompanyName = null, string? CompanyUscc = null,
    BilingualText? ResultTitle = null, BilingualText? Rights = null, DateOnly? SignedOn = null);

/// <param name="Markdown">With numbered clauses.</param>
/// <param name="Html">The same without its title, safe to show: nothing that anybody typed acts in it.</param>
public sealed record ContractDocument(string Title, string Markdown, string Html);
