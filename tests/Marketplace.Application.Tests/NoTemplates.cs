using System.Text.Json;
using Marketplace.Application.Licensing;
using Marketplace.Domain;
using Marketplace.Domain.Licensing;

namespace Marketplace.Application.Tests;

/// <summary>A marketplace whose terms are all written freely.</summary>
internal sealed class NoTemplates : IContractTemplates, IContractDifference
{
    public IReadOnlyList<TemplateDetails> Newest => [];

    public TemplateDetails? Find(string id, int? version = null) => null;

    public Result<AgreementTerms> Fill(string id, int? version, IReadOnlyDictionary<string, JsonElement> values) => Refusal.NotFound();

    public Refusal? Check(AgreementTerms terms) => terms.Template is null ? null : Refusal.NotFound();

    public ContractDocument? Write(AgreementTerms terms, ContractFacts facts, bool inEnglish) => null;

    public IReadOnlyList<ComparedParagraph> Between(ContractDocument before, ContractDocument after) => [];
}
