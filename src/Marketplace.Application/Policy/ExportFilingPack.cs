using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Json;
using Marketplace.Application.Licensing;
using Marketplace.Domain;
using Marketplace.Domain.Policy;
using MediatR;

namespace Marketplace.Application.Policy;

/// <summary>The filing pack as one ZIP: the same as data and as a table, the contract in both languages, and the hash of each file.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Administrator, For = Duty.Read)]
public sealed record ExportFilingPack(AgreementId Agreement) : IQuery<Download>;

/// <param name="File">Name of one file of the pack.</param>
/// <param name="Sha256">Of its bytes, hexadecimal.</param>
public sealed record ManifestLine(string File, int Bytes, string Sha256);

internal sealed class ExportFilingPackHandler(Commands commands, IContractTemplates templates, MarketplaceClock clock)
    : IRequestHandler<ExportFilingPack, Result<Download>>
{
    public async Task<Result<Download>> Handle(ExportFilingPack request, CancellationToken cancellationToken)
    {
        var visible = await commands.Visible(request.Agreement);
        if (visible.Refusal is { } refusal)
        {
            return refusal;
        }

        var agreement = visible.Value;
        var about = await commands.About(agreement);
        var facts = about.Facts(agreement);
        var chinese = templates.Write(agreement.Newest.Terms, facts, inEnglish: false);
        var english = templates.Write(agreement.Newest.Terms, facts, inEnglish: true);
        var pack = FilingPack.Of(agreement, about.Result, about.Lab, about.Company, chinese is not null, LocalTime.DateOf(clock.NowUtc));

        var files = new List<PackedFile>
        {
            new("filing.json", CanonicalJson.Bytes(pack)),
            new("filing.csv", Csv.Write(
                ["field", "项目", "item", "内容", "content"],
                FilingWords.FieldsOf(pack).Select(f => new[] { f.Key, f.Label.Zh, f.Label.En, f.Value.Zh, f.Value.En }))),
        };
        if (chinese is not null && english is not null)
        {
            files.Add(new("contract.zh.html", Page(chinese, "zh-CN")));
            files.Add(new("contract.en.html", Page(english, "en")));
        }

        files.Add(new("manifest.json", CanonicalJson.Bytes(
            files.Select(f => new ManifestLine(f.Name, f.Content.Length, Convert.ToHexStringLower(SHA256.HashData(f.Content)))).ToList())));
        return new Download($"filing-{agreement.Id.Value}.zip", "application/zip", Zip.Of(files));
    }

    private static byte[] Page(ContractDocument contract, string language)
    {
        var title = HtmlEncoder.Default.Encode(contract.Title);
        return Encoding.UTF8.GetBytes(
            $"""<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head><body><h1>{title}</h1>{contract.Html}</body></html>""");
    }
}
