using Marketplace.Application.LabResults;
using Marketplace.Application.Licensing;
using Marketplace.Application.Organisations;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Organisations;
using Marketplace.Journal;

namespace Marketplace.Search.Tests;

/// <summary>Writes rows of results, offers and labs with events of their streams, as grains do.</summary>
internal sealed class Shelf(IJournal journal)
{
    public static readonly DateTime Opened = new(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc);

    private readonly Dictionary<string, (long Version, ReadOnlyMemory<byte> Hash)> heads = [];

    public static string Lab { get; } = DerivedId.From<OrganisationId>("lab").Value;

    public static string IdOf(int number) => DerivedId.From<LabResultId>($"result {number}").Value;

    /// <param name="publishedAfter">Minutes after the shelf was opened.</param>
    public static ResultRow Row(
        int number, string title, int publishedAfter, string summary = "一句话说明。", TechnologyField field = TechnologyField.NewEnergy, int? level = 6, string region = "120116",
        ResultStatus status = ResultStatus.Listed) => new(
        IdOf(number), Lab, status, LabResult.IsPublic(status), title, title, summary, summary, field, "C3841", level, level is null ? null : ReadinessScale.GbT22900, region,
        null, null, null, null, 0, Opened.AddMinutes(publishedAfter), null, $"{RightStatus.Granted}");

    public static OfferRow Offer(int number, int result, DateOnly until, LicenceKind licence = LicenceKind.NonExclusive, int trialMonths = 6, params ReadOnlySpan<PaymentModel> payments) => new(
        DerivedId.From<OfferId>($"offer {number}").Value, IdOf(result), Lab, OfferStatus.Open, licence, trialMonths, 24, "CNY",
        string.Join(' ', payments.Length == 0 ? [PaymentModel.Instalments] : payments.ToArray()), until, OfferCover.Unsecured);

    public Task RegisterLab(string zh = "海河实验室", string en = "Haihe Laboratory") =>
        Write($"organisation/{Lab}", new OrganisationRow(Lab, OrganisationKind.Lab, OrganisationStatus.Verified, zh, en, "91350100M000100Y43", null, null, null));

    public Task Put(ResultRow row) => Write($"result/{row.Result}", row);

    public Task Put(OfferRow row) => Write($"offer/{row.Offer}", row);

    public Task Withdraw(ResultRow row) => Put(row with { Status = ResultStatus.Withdrawn, IsPublic = false });

    private async Task Write(string stream, IReadRow row)
    {
        var (version, hash) = heads.GetValueOrDefault(stream);
        var result = await journal.Append(new JournalCommand(
            stream, version, hash, Guid.NewGuid(), new byte[32], "System:test", new DateTimeOffset(Opened).AddSeconds(heads.Count), [new NewEvent("SomethingShelved", "{}", [])],
            [ReadTable.Change(row)]));
        heads[stream] = result is CommitResult.Committed committed ? (committed.Version, committed.Hash) : throw new InvalidOperationException($"{result}");
    }
}
