using System.Text;
using Marketplace.Application.Door;
using Marketplace.Application.Files;
using Marketplace.Application.Invariants;
using Marketplace.Application.Licensing;
using Marketplace.Application.Tests.Agreements;
using Marketplace.Application.Tests.Policy;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Disclosures;
using Marketplace.Journal;
using Marketplace.Storage.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Marketplace.Application.Tests.Disclosures;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;
using Marketplace.Application.Disclosures;
using Marketplace.Application.LabResults;

public sealed class Disclosures_on_sqlite() : DisclosureDoorTests(PolicyTest.OnSqlite);

public sealed class Disclosures_on_postgres() : DisclosureDoorTests(PolicyTest.OnPostgres);

/// <summary>Files of a result through the door: who is given which, that each delivery is recorded, and that the record stays.</summary>
public abstract class DisclosureDoorTests(Func<Task<Database>> create) : IAsyncLifetime
{
    private static readonly Principal Auditor = new(ActorRole.Administrator, null, "auditor", Duty.Read, IsProven: false);

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 5, 1, 0, 0, TimeSpan.Zero));
    private readonly MemoryFileStore files = new();
    private Database database = null!;
    private IStorage storage = null!;
    private TestEngine engine = null!;
    private AgreementTestDeal deal = null!;
    private LabResultId result;

    public async ValueTask InitializeAsync()
    {
        database = await create();
        storage = database.NewStorage();
        await storage.Open();
        engine = await TestEngine.Start(storage, time: time, configure: services => services.AddSingleton<IFileStore>(files).AddSingleton<IPdfMarks, WrittenMarks>());
        deal = await new AgreementTestDeal(engine, time).Open();
        result = (await engine.Door.Ask(deal.Lab, new GetOffer(deal.Offer))).Value.Result;
        await Attach("公开", DisclosureTier.Public);
        await Attach("保密", DisclosureTier.Confidential);
        await Attach("合同", DisclosureTier.Agreement);
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        await storage.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Everybody_sees_what_there_is_and_has_what_is_public()
    {
        foreach (var reader in new[] { Principal.Visitor, deal.Company, deal.OtherLab, Principal.Whole(ActorRole.Person, null, "psn") })
        {
            var view = (await engine.Door.Ask(reader, new ListResultFiles(result))).Value;
            Assert.Equal([DisclosureTier.Public, DisclosureTier.Confidential, DisclosureTier.Agreement], view.Files.Select(f => f.Tier));
            Assert.Equal(
                [FileOpening.Open, reader.Role == ActorRole.Company ? FileOpening.Sign : FileOpening.ForCompanies, FileOpening.InAgreement], view.Files.Select(f => f.Opening));
            Assert.Equal("given no no", await Given(reader));
        }

        Assert.Empty(await Log());
    }

    [Fact]
    public async Task The_lab_has_all_of_it_unrecorded_and_the_marketplaces_own_people_are_recorded()
    {
        Assert.Equal("given given given", await Given(deal.Lab));
        Assert.Empty(await Log());
        Assert.Equal("given given given", await Given(Auditor));
        Assert.Equal(
            [(3, DisclosureRight.Marketplace, null, "auditor"), (2, DisclosureRight.Marketplace, null, "auditor")],
            (await Log()).Select(a => (a.Number, a.Basis, a.Organisation, a.Person)).OrderByDescending(a => a.Number));
    }

    [Fact]
    public async Task A_signature_opens_the_confidential_one_until_its_last_day()
    {
        Assert.Equal("document-hash-differs", await engine.Refuse(deal.Company, new SignConfidentiality(Guid.NewGuid(), result, new string('0', 64))));
        await Sign(deal.Company);
        Assert.Equal("given given no", await Given(deal.Company));
        Assert.Equal("given no no", await Given(deal.OtherCompany));
        Assert.Equal("confidentiality-signed", await Refused(deal.Company));

        var access = Assert.Single(await Log());
        var signed = Assert.Single((await engine.Door.Ask(deal.Lab, new ListConfidentiality(result))).Value.Items);
        Assert.Equal(
            (2, "保密", DisclosureTier.Confidential, deal.Company.Organisation, "chen", DisclosureRight.Confidentiality, signed.Confidentiality.Value, time.GetUtcNow()),
            (access.Number, access.Title, access.Tier, access.Organisation, access.Person, access.Basis, access.BasisId, access.AtUtc));
        Assert.Equal((deal.Company.Organisation, "chen", deal.Today.AddYears(3).AddDays(-1)), (signed.Company, signed.SignedBy, signed.LastDay));

        deal.Sleep(signed.LastDay.DayNumber - deal.Today.DayNumber);
        Assert.Equal("given given no", await Given(deal.Company));
        deal.Sleep(1);
        Assert.Equal("given no no", await Given(deal.Company));
        await Sign(deal.Company);
        Assert.Equal("given given no", await Given(deal.Company));
        Assert.Single((await engine.Door.Ask(deal.Lab, new ListConfidentiality(result))).Value.Items);
        await Check();
    }

    [Fact]
    public async Task The_lab_ends_access_for_good_and_says_why()
    {
        await Sign(deal.Company);
        var id = ConfidentialityId.Of(result, deal.Company.Organisation!.Value);
        Assert.Equal("not-found", await engine.Refuse(deal.OtherLab, new EndConfidentialAccess(Guid.NewGuid(), id, "理由")));
        Assert.Equal("text-missing", await engine.Refuse(deal.Lab, new EndConfidentialAccess(Guid.NewGuid(), id, " ")));
        await engine.Accept(deal.Lab, new EndConfidentialAccess(Guid.NewGuid(), id, "转为独占许可"));
        Assert.Equal("given no no", await Given(deal.Company));
        Assert.Equal("confidential-access-ended", await Refused(deal.Company));
        Assert.Equal("转为独占许可", (await engine.Door.Ask(deal.Company, new GetConfidentiality(id))).Value.Ended?.Reason);
        Assert.Empty(await Log());
        await Check();
    }

    [Fact]
    public async Task An_agreement_opens_both_from_its_last_signature_until_it_is_over()
    {
        var agreement = await deal.Apply();
        await engine.Accept(deal.Lab, new AcceptApplication(Guid.NewGuid(), agreement));
        await engine.Accept(deal.Lab, new AcceptTerms(Guid.NewGuid(), agreement, 1));
        await engine.Accept(deal.Company, new AcceptTerms(Guid.NewGuid(), agreement, 1));
        var document = (await engine.Door.Ask(deal.Company, new GetAgreement(agreement))).Value.Details.DocumentHash!;
        await engine.Accept(deal.Company, new SignAgreement(Guid.NewGuid(), agreement, document));
        Assert.Equal("given no no", await Given(deal.Company)); // one signature is none yet
        await engine.Accept(deal.Lab, new SignAgreement(Guid.NewGuid(), agreement, document));
        Assert.Equal("given given given", await Given(deal.Company));
        Assert.All(await Log(), a => Assert.Equal((DisclosureRight.Agreement, agreement.Value), (a.Basis, a.BasisId)));

        await engine.Accept(deal.Lab, new FileAgreement(Guid.NewGuid(), agreement, "津备-1"));
        await engine.Accept(deal.Lab, new DeliverResult(Guid.NewGuid(), agreement, "资料"));
        await engine.Accept(deal.Company, new AcceptDelivery(Guid.NewGuid(), agreement));
        await engine.Accept(deal.Lab, new WithdrawResult(Guid.NewGuid(), result, "不再提供"));
        Assert.Equal("given given given", await Given(deal.Company)); // what was agreed survives
        Assert.Equal(RefusalKind.NotFound, (await engine.Door.Ask(deal.OtherCompany, new ListResultFiles(result))).Refusal?.Kind);
        await engine.Accept(deal.Company, new ReturnResult(Guid.NewGuid(), agreement, "不适用", "已销毁全部资料"));
        Assert.Equal("no no no", await Given(deal.Company));
        await Check();
    }

    [Fact]
    public async Task A_tier_that_changes_and_a_file_that_goes_count_from_then_on()
    {
        await Sign(deal.Company);
        await engine.Accept(deal.Lab, new ChangeResultFileTier(Guid.NewGuid(), result, 2, DisclosureTier.Agreement));
        await engine.Accept(deal.Lab, new ChangeResultFileTier(Guid.NewGuid(), result, 3, DisclosureTier.Confidential));
        Assert.Equal("given no given", await Given(deal.Company));
        await engine.Accept(deal.Lab, new RemoveResultFile(Guid.NewGuid(), result, 3));
        Assert.Equal("given no no", await Given(deal.Company));
        Assert.Equal("not-found", await engine.Refuse(deal.Lab, new RemoveResultFile(Guid.NewGuid(), result, 3)));
        Assert.Equal("not-found", await engine.Refuse(deal.OtherLab, new RemoveResultFile(Guid.NewGuid(), result, 1)));
        Assert.Equal("not-found", await engine.Refuse(deal.OtherLab, new AttachResultFile(Guid.NewGuid(), result, "他人的", DisclosureTier.Public) { File = Content("x") }));
        await Check();
    }

    /// <summary>The record comes first: a delivery that cannot be recorded does not take place.</summary>
    [Fact]
    public async Task Nothing_goes_out_damaged_and_what_does_not_go_out_is_not_recorded()
    {
        await Sign(deal.Company);
        files.Files.Clear();
        Assert.Equal("file-damaged", (await engine.Door.Ask(deal.Company, new GetResultFile(result, 2))).Refusal?.Code);
        Assert.Empty(await Log());
    }

    [Fact]
    public async Task The_log_is_for_the_lab_and_those_who_run_the_marketplace_page_by_page_newest_first()
    {
        await Sign(deal.Company);
        for (var i = 0; i < 3; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Given(deal.Company);
        }

        var first = (await engine.Door.Ask(Auditor, new ListFileAccesses(result, Limit: 2))).Value;
        var second = (await engine.Door.Ask(deal.Lab, new ListFileAccesses(result, first.Next, 2))).Value;
        Assert.Equal((2, 1, null), (first.Items.Count, second.Items.Count, second.Next));
        Assert.Equal([0, 1, 2], first.Items.Concat(second.Items).Select(a => (int)(time.GetUtcNow() - a.AtUtc).TotalSeconds));
        Assert.Equal(RefusalKind.NotFound, (await engine.Door.Ask(deal.OtherLab, new ListFileAccesses(result))).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await engine.Door.Ask(deal.OtherLab, new ListConfidentiality(result))).Refusal?.Kind);
        Assert.Equal("role-not-allowed", (await engine.Door.Ask(deal.Company, new ListFileAccesses(result))).Refusal?.Code);
        Assert.Equal(
            RefusalKind.NotFound,
            (await engine.Door.Ask(deal.OtherCompany, new GetConfidentiality(ConfidentialityId.Of(result, deal.Company.Organisation!.Value)))).Refusal?.Kind);
    }

    [Theory]
    [InlineData("UPDATE file_accesses SET person = 'nobody'")]
    [InlineData("DELETE FROM file_accesses")]
    public async Task Not_even_the_database_takes_a_line_back(string sql)
    {
        await Sign(deal.Company);
        await Given(deal.Company);
        await using var connection = await storage.DataSource.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        var refused = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => command.ExecuteNonQueryAsync());
        Assert.Contains("file_accesses accept no", refused.Message, StringComparison.Ordinal);
        Assert.Equal("chen", Assert.Single(await Log()).Person);
    }

    [Fact]
    public async Task A_PDF_says_who_was_given_it_when_and_by_which_record_and_one_that_cannot_say_so_is_not_taken()
    {
        await Sign(deal.Company);
        using var content = new StreamReader((await engine.Door.Ask(deal.Company, new GetResultFile(result, 2))).Value.Content);
        var record = Assert.Single(await Log());
        Assert.Equal(
            $"保密|{deal.Company.Organisation} {AgreementTestDeal.CodeOf(deal.Company)} chen|{LocalTime.At(time.GetUtcNow()):yyyy-MM-dd HH:mm:ss zzz} {record.Access}",
            await content.ReadToEndAsync());
        Assert.Equal("pdf-unreadable", await engine.Refuse(deal.Lab, new AttachResultFile(Guid.NewGuid(), result, "加密", DisclosureTier.Public) { File = Content(WrittenMarks.Unreadable) }));
        Assert.Equal(3, (await engine.Door.Ask(deal.Lab, new ListResultFiles(result))).Value.Files.Count);
    }

    [Fact]
    public async Task Repeated_it_is_one_file_and_another_under_the_same_id_is_refused()
    {
        var attach = new AttachResultFile(Guid.NewGuid(), result, "数据", DisclosureTier.Public);
        var first = await engine.Accept(deal.Lab, attach with { File = Content("a") });
        Assert.Equal(first, await engine.Accept(deal.Lab, attach with { File = Content("a") }));
        Assert.Equal("command-id-reused", await engine.Refuse(deal.Lab, attach with { File = Content("b") }));
        Assert.Equal("result-file-attached", await engine.Refuse(deal.Lab, attach with { CommandId = Guid.NewGuid(), File = Content("a") }));
        Assert.Equal(4, (await engine.Door.Ask(deal.Lab, new ListResultFiles(result))).Value.Files.Count);
    }

    [Fact]
    public async Task Evidence_is_laid_before_the_parties_and_stays()
    {
        var fresh = await deal.Apply(deal.OtherCompany);
        Assert.Equal("evidence-not-now", await engine.Refuse(deal.OtherCompany, Evidence(fresh, "a")));
        var agreement = await deal.Convert();
        var first = Evidence(agreement, "签收单", EvidenceSubject.Delivery);
        Assert.Equal(await engine.Accept(deal.Company, first), await engine.Accept(deal.Company, first with { File = Content("签收单") }));
        await engine.Accept(deal.Lab, Evidence(agreement, "审计报告", EvidenceSubject.Trigger, 1));
        await engine.Accept(TestEngine.Administrator, Evidence(agreement, "送达回执", EvidenceSubject.Sum, 1));
        Assert.Equal("evidence-of-nothing", await engine.Refuse(deal.Lab, Evidence(agreement, "b", EvidenceSubject.Dispute, 1)));
        Assert.Equal("evidence-of-nothing", await engine.Refuse(deal.Lab, Evidence(agreement, "b", EvidenceSubject.Delivery, 1)));
        Assert.Equal("text-missing", await engine.Refuse(deal.Lab, Evidence(agreement, "b") with { Title = " " }));
        foreach (var stranger in new[] { deal.OtherCompany, deal.OtherLab })
        {
            Assert.Equal("not-found", await engine.Refuse(stranger, Evidence(agreement, "c")));
            Assert.Equal(RefusalKind.NotFound, (await engine.Door.Ask(stranger, new ListEvidence(agreement))).Refusal?.Kind);
            Assert.Equal(RefusalKind.NotFound, (await engine.Door.Ask(stranger, new GetEvidenceFile(agreement, 1))).Refusal?.Kind);
        }

        foreach (var reader in new[] { deal.Company, deal.Lab, Auditor })
        {
            var items = (await engine.Door.Ask(reader, new ListEvidence(agreement))).Value;
            Assert.Equal([(1, Party.Company, "chen"), (2, Party.Lab, "wang"), (3, Party.None, "zhang")], items.Select(i => (i.Number, i.By, i.Person)));
            using var content = new StreamReader((await engine.Door.Ask(reader, new GetEvidenceFile(agreement, 2))).Value.Content);
            Assert.Equal("审计报告", await content.ReadToEndAsync());
        }

        Assert.Equal("duty-missing", await engine.Refuse(Auditor, Evidence(agreement, "d")));
        await Check();
        files.Files.Remove(Sha256Hex.Of("审计报告"), out _);
        Assert.Equal("file-damaged", (await engine.Door.Ask(deal.Lab, new GetEvidenceFile(agreement, 2))).Refusal?.Code);
        var finding = Assert.Single(await engine.Services.GetRequiredService<MarketplaceCheck>().Run(storage.Audit, time.GetUtcNow()).ToListAsync());
        Assert.Equal(Invariant.FilesAreThere, finding.Invariant);
    }

    private static AttachEvidence Evidence(AgreementId agreement, string title, EvidenceSubject subject = EvidenceSubject.Trial, int? of = null) =>
        new(Guid.NewGuid(), agreement, title, subject, of, $"{title}.png") { File = Content(title) };

    private Task<Accepted> Attach(string title, DisclosureTier tier) =>
        engine.Accept(deal.Lab, new AttachResultFile(Guid.NewGuid(), result, title, tier, $"{title}.png") { File = Content(title) });

    private static MemoryStream Content(string text) => new(Encoding.UTF8.GetBytes(text));

    private async Task Sign(Principal company) => await engine.Accept(company, new SignConfidentiality(Guid.NewGuid(), result, await HashFor(company)));

    private async Task<string> Refused(Principal company) => await engine.Refuse(company, new SignConfidentiality(Guid.NewGuid(), result, await HashFor(company)));

    private async Task<string> HashFor(Principal company) => (await engine.Door.Ask(company, new GetConfidentialityOffer(result))).Value.Sha256;

    /// <summary>Whether each of the three is given, with its own bytes; whatever is not given is not found.</summary>
    private async Task<string> Given(Principal reader)
    {
        var given = new bool[3];
        string[] titles = ["公开", "保密", "合同"];
        for (var i = 0; i < given.Length; i++)
        {
            var answer = await engine.Door.Ask(reader, new GetResultFile(result, i + 1));
            if (given[i] = !answer.IsRefused)
            {
                using var content = new StreamReader(answer.Value.Content);
                var isMarked = i > 0 && reader.Organisation != deal.Lab.Organisation;
                Assert.Equal((titles[i], isMarked), await content.ReadToEndAsync() is var text && text.Split('|') is var parts ? (parts[0], parts.Length > 1) : default);
            }
            else
            {
                Assert.Equal(RefusalKind.NotFound, answer.Refusal?.Kind);
            }
        }

        return string.Join(' ', given.Select(g => g ? "given" : "no"));
    }

    private async Task<IReadOnlyList<FileAccessCard>> Log() => (await engine.Door.Ask(deal.Lab, new ListFileAccesses(result))).Value.Items;

    private async Task Check() => Assert.Empty(await engine.Services.GetRequiredService<MarketplaceCheck>().Run(storage.Audit, time.GetUtcNow()).ToListAsync());

    /// <summary>Puts the mark behind the content, and finds no fault with any but one.</summary>
    private sealed class WrittenMarks : IPdfMarks
    {
        public const string Unreadable = "unreadable";

        public async Task<Stream?> Mark(Stream pdf, IReadOnlyList<string> lines, CancellationToken cancel = default)
        {
            using var content = new StreamReader(pdf, leaveOpen: true);
            var text = await content.ReadToEndAsync(cancel);
            return text == Unreadable ? null : Content($"{text}|{string.Join('|', lines)}");
        }
    }
}
