using System.Text.Json;
using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Licensing;
using MediatR;

namespace Marketplace.Application.Licensing;

/// <summary>The newest version of every contract template.</summary>
[AnyoneMayAsk]
public sealed record ListTemplates : IQuery<IReadOnlyList<TemplateDetails>>;

/// <summary>One contract template with its blanks.</summary>
/// <param name="Version">Null: the newest.</param>
[AnyoneMayAsk]
public sealed record GetTemplate(string Template, int? Version = null) : IQuery<TemplateDetails>;

/// <summary>The terms that a template gives with these values; what is not given takes its default.</summary>
[AnyoneMayAsk]
public sealed record FillTemplate(string Template, IReadOnlyDictionary<string, JsonElement> Values, int? Version = null) : IQuery<AgreementTerms>;

/// <summary>The contract that a template gives with these values, before anybody is bound by it.</summary>
/// <param name="Language">zh or en.</param>
[AnyoneMayAsk]
public sealed record WriteTemplate(string Template, IReadOnlyDictionary<string, JsonElement> Values, string Language = "zh", int? Version = null) : IQuery<ContractDocument>;

internal sealed class TemplateHandlers(IContractTemplates templates) :
    IRequestHandler<ListTemplates, Result<IReadOnlyList<TemplateDetails>>>,
    IRequestHandler<GetTemplate, Result<TemplateDetails>>,
    IRequestHandler<FillTemplate, Result<AgreementTerms>>,
    IRequestHandler<WriteTemplate, Result<ContractDocument>>
{
    public Task<Result<IReadOnlyList<TemplateDetails>>> Handle(ListTemplates request, CancellationToken cancellationToken) =>
        Task.FromResult(Result<IReadOnlyList<TemplateDetails>>.Of(templates.Newest));

    public Task<Result<TemplateDetails>> Handle(GetTemplate request, CancellationToken cancellationToken) => Task.FromResult<Result<TemplateDetails>>(
        templates.Find(request.Template, request.Version) is { } template ? template : Refusal.NotFound("没有这个合同模板。", "There is no such contract template."));

    public Task<Result<AgreementTerms>> Handle(FillTemplate request, CancellationToken cancellationToken) =>
        Task.FromResult(templates.Fill(request.Template, request.Version, request.Values));

    public Task<Result<ContractDocument>> Handle(WriteTemplate request, CancellationToken cancellationToken)
    {
        var language = ContractLanguage.Check(request.Language);
        var terms = templates.Fill(request.Template, request.Version, request.Values);
        return Task.FromResult<Result<ContractDocument>>((language ?? terms.Refusal) is { } refusal
            ? refusal
            : templates.Write(terms.Value, new ContractFacts(), request.Language == "en")!);
    }
}

internal static class ContractLanguage
{
    public static Refusal? Check(string language) => language is "zh" or "en"
        ? null
        : Refusal.Invalid("language-unknown", "语言为 zh 或 en。", "A language is zh or en.", "language");
}
