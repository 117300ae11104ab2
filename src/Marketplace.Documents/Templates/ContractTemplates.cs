using System.Text.Json;
using Marketplace.Application.Json;
using Marketplace.Application.Licensing;
using Marketplace.Domain;
using Marketplace.Domain.Licensing;

namespace Marketplace.Documents.Templates;

/// <summary>The templates that travel with the program.</summary>
public sealed class ContractTemplates : IContractTemplates
{
    private readonly List<ContractTemplate> all = [.. TemplateSource.Embedded().Select(TemplateLint.Flawless)];

    public ContractTemplates() =>
        Newest = [.. all.GroupBy(t => t.Id).Select(versions => Details(versions.MaxBy(t => t.Version)!)).OrderBy(t => t.Id, StringComparer.Ordinal)];

    public IReadOnlyList<TemplateDetails> Newest { get; }

    public TemplateDetails? Find(string id, int? version = null) => Of(id, version) is { } template ? Details(template) : null;

    public Result<AgreementTerms> Fill(string id, int? version, IReadOnlyDictionary<string, JsonElement> values)
    {
        if (Of(id, version) is not { } template)
        {
            return Refusal.NotFound("没有这个合同模板。", "There is no such contract template.");
        }

        var read = template.Values(values.ToDictionary(v => v.Key, v => v.Value.ValueKind == JsonValueKind.String ? v.Value.GetString()! : v.Value.GetRawText()));
        return read.Refusal is { } refusal ? refusal : template.Terms(read.Value);
    }

    public Refusal? Check(AgreementTerms terms)
    {
        if (terms.Template is not { } named)
        {
            return null;
        }

        if (Of(named) is not { } template)
        {
            return Refusal.Invalid("template-unknown", "没有这个合同模板或版本。", "There is no such contract template or version.", "template");
        }

        var values = template.Values(named.Values.GroupBy(v => v.Name).ToDictionary(v => v.Key, v => v.First().Value));
        if (values.Refusal is { } refusal)
        {
            return refusal.Under("template");
        }

        var filled = template.Terms(values.Value);
        return filled.Refusal ?? (CanonicalJson.Write(filled.Value) == CanonicalJson.Write(terms)
            ? null
            : Refusal.Invalid(
                "terms-differ-from-template", "条款与模板按所填参数得出的不一致；自由条款请不要写明模板。",
                "The terms are not what the template gives with these values; free terms name no template.", "template"));
    }

    public ContractDocument? Write(AgreementTerms terms, ContractFacts facts, bool inEnglish) =>
        terms.Template is { } named && Of(named) is { } template
            ? ContractText.Write(template, named.Values.ToDictionary(v => v.Name, v => v.Value), facts, inEnglish)
            : null;

    private ContractTemplate? Of(TemplateRef named) => Of(named.Id, named.Version) is { } template && template.Hash == named.Hash ? template : null;

    private ContractTemplate? Of(string id, int? version) => all.Where(t => t.Id == id && (version is null || t.Version == version)).MaxBy(t => t.Version);

    private static TemplateDetails Details(ContractTemplate t) => new(
        t.Id, t.Version, t.Hash, t.Title, t.Summary, t.SuitedFor, t.Parties,
        [.. t.Parameters.Select(p => new ParameterDetails(p.Name, p.Type, p.Min, p.Max, p.Default, OptionsOf(p), p.IsTextOnly, p.IsPlaceholder(p.Default), p.Label, p.Help))]);

    private static IReadOnlyList<ChoiceOption> OptionsOf(TemplateParameter parameter) =>
        parameter.Type == ParameterType.Currency ? [.. TemplateParameter.Currencies.Select(c => new ChoiceOption(c, new(c, c)))] : parameter.Options;
}
