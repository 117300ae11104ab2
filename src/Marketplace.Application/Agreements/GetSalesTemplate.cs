using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>The columns of a file of sales of this agreement, to be filled in.</summary>
/// <param name="Language">zh or en: of the columns' names.</param>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Administrator, For = Duty.Read)]
public sealed record GetSalesTemplate(AgreementId Agreement, string Language = "zh") : IQuery<SalesTemplate>;

public sealed record SalesTemplate(IReadOnlyList<string> Columns);

internal sealed class GetSalesTemplateHandler(Commands commands) : IRequestHandler<GetSalesTemplate, Result<SalesTemplate>>
{
    private static readonly string[] UsualZh = ["退货", "折让", "运费", "税费"];
    private static readonly string[] UsualEn = ["Returns", "Rebates", "Freight", "Taxes"];

    public async Task<Result<SalesTemplate>> Handle(GetSalesTemplate request, CancellationToken cancellationToken)
    {
        var visible = await commands.Visible(request.Agreement);
        if ((visible.Refusal ?? Check(request.Language)) is { } refusal)
        {
            return refusal;
        }

        // Contracts name deductions in free text: the kinds that were reported before are those of this agreement.
        var isEnglish = request.Language == "en";
        string[] reported = [.. visible.Value.Reports.SelectMany(r => r.Statement?.Deductions ?? []).Select(d => d.Kind).Distinct(StringComparer.Ordinal).Take(SalesSheet.MaxColumns / 2)];
        return new SalesTemplate(SalesSheet.Header(reported.Length > 0 ? reported : isEnglish ? UsualEn : UsualZh, isEnglish));
    }

    private static Refusal? Check(string language) => language is "zh" or "en"
        ? null
        : Refusal.Invalid("language-unknown", "语言为 zh 或 en。", "A language is zh or en.", "language");
}
