using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Json;
using Marketplace.Application.Mail;
using Marketplace.Application.Notices;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Teams;
using Marketplace.Host.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Browser.Tests;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Teams;

/// <summary>Two who are signed in already, one of them to a demo account, and links that somebody has not opened yet. The time of accounts stands still.</summary>
public sealed class People(IServiceProvider services)
{
    public static readonly DateTimeOffset Now = new(2026, 1, 5, 4, 0, 10, TimeSpan.Zero);

    /// <summary>Secret of a session of somebody without codes and passkeys.</summary>
    public string Somebody { get; private set; } = "";

    /// <summary>Secret of a session of a demo account, which has codes.</summary>
    public string Demo { get; private set; } = "";

    /// <summary>Secret of a session of somebody who was told of all kinds of things, and has read some.</summary>
    public string Told { get; private set; } = "";

    public string ConfirmNote { get; private set; } = "";

    public string ResetNote { get; private set; } = "";

    /// <summary>A host with demo accounts, on which codes do not change while a test looks at them.</summary>
    public static void StandStill(IServiceCollection services)
    {
        var time = new SettableTime(TimeProvider.System);
        time.StandAt(Now);
        services.AddSingleton(new AccountClock(time)).AddSingleton(new DemoMode(true));
    }

    /// <summary>Somebody with an account joins the team of an organisation.</summary>
    /// <returns>The secret of a session of theirs.</returns>
    /// <param name="inventor">By which name an inventor stands in splits.</param>
    public async Task<string> Join(Principal team, string mail, MemberRole role, string? inventor = null)
    {
        const string Secret = "what the mail says";
        var (account, invitation, door) = (Account(mail, isConfirmed: true), Guid.NewGuid(), services.GetRequiredService<MarketplaceDoor>());
        await services.GetRequiredService<AccountStore>().Add(account);
        await door.Send(team, new InviteMember(invitation, [role], Sha256Hex.Of(Secret), Inventor: inventor));
        await door.Send(new Principal(ActorRole.Person, null, account.Id, Duty.Self, IsProven: false), new JoinTeam(Guid.NewGuid(), InviteMember.IdOf(invitation), Secret));
        return await services.GetRequiredService<Sessions>().Begin(account.Person, new DefaultHttpContext(), isProven: false);
    }

    public async Task Open(Market market)
    {
        var (accounts, sessions, notes) = (services.GetRequiredService<AccountStore>(), services.GetRequiredService<Sessions>(), services.GetRequiredService<SealedNotes>());
        var (somebody, newcomer) = (Account("somebody@example.cn", isConfirmed: true), Account("newcomer@example.cn", isConfirmed: false));
        await accounts.Add(somebody);
        await accounts.Add(newcomer);
        ConfirmNote = notes.Seal(NoteFor.ConfirmMail, AccountMails.ConfirmWithin, newcomer.Id, newcomer.SecurityStamp!);
        ResetNote = notes.Seal(NoteFor.ResetPassword, AccountMails.ResetWithin, somebody.Id, somebody.SecurityStamp!);
        Somebody = await sessions.Begin(somebody.Person, new DefaultHttpContext(), isProven: false);
        await services.GetRequiredService<DemoAccounts>().Prepare(DemoAccounts.All[0], default);
        Demo = await sessions.Begin(DemoAccounts.All[0].Person, new DefaultHttpContext(), isProven: false);
        var demo = new Principal(ActorRole.Person, null, DemoAccounts.All[0].Person.Value, Duty.Self, IsProven: false);
        var door = services.GetRequiredService<MarketplaceDoor>();
        await door.Send(demo, new SaveSearch(Guid.NewGuid(), "天津的液流电池", new SearchedFor("液流电池", [TechnologyField.NewEnergy], [7], ["12"], [], [PaymentModel.RunningRoyalty], [])));
        var paused = Guid.NewGuid();
        await door.Send(demo, new SaveSearch(paused, "Quantum", new SearchedFor("quantum", [], [], [], [], [], [])));
        await door.Send(demo, new ChangeSearch(Guid.NewGuid(), DerivedId.Guid(demo.Person, paused.ToString()), IsPaused: true));
        var told = Account("told@example.cn", isConfirmed: true);
        await accounts.Add(told);
        await Tell(told.Id, market);
        Told = await sessions.Begin(told.Person, new DefaultHttpContext(), isProven: false);
    }

    /// <summary>Written as they are, so that nothing that happens meanwhile changes what the pages show.</summary>
    private async Task Tell(string person, Market market)
    {
        var agreement = market.Late.Value;
        (string Type, string Source, NoticeTopic Topic, object Body, bool IsRead)[] told =
        [
            ("agreement/application-withdrawn", $"agreement/{agreement}/1", NoticeTopic.Negotiation, new ApplicationWithdrawn(Party.Company, "另有安排", market.Today), true),
            ("due/Payment", "due/1", NoticeTopic.Money, new ComingDate(ComingDateKind.Payment, 2, market.Today.AddDays(7), -7, 29_999_97, "CNY"), false),
            ("due/Report", "due/2", NoticeTopic.Reports, new ComingDate(ComingDateKind.Report, 1, market.Today.AddDays(-3), 3), false),
            ("agreement/agreement-took-effect", $"agreement/{agreement}/9", NoticeTopic.Signatures, new AgreementTookEffect(market.Today, market.Today.AddDays(21)), false),
            ("agreement/extension-declined", $"agreement/{agreement}/10", NoticeTopic.Trial, new ExtensionDeclined("试用数据已足够，" + new string('长', 300), market.Today), false),
            ("team/member-removed", "team/org_1/4", NoticeTopic.Organisation, new MemberRemoved(PersonId.Wrap(person), [MemberRole.Viewer]), true),
        ];
        await using var database = await services.GetRequiredService<IDbContextFactory<NoticesDatabase>>().CreateDbContextAsync();
        foreach (var (index, (type, source, topic, body, isRead)) in told.Index())
        {
            var at = Market.Start.UtcDateTime.AddHours(index);
            var isOfAgreement = type.StartsWith("agreement/", StringComparison.Ordinal) || type.StartsWith("due/", StringComparison.Ordinal);
            database.Happenings.Add(new NoticeHappening
            {
                Source = $"{source}/of-{person}", Type = type, Topic = topic, Agreement = isOfAgreement ? agreement : null,
                SubjectZh = isOfAgreement ? "锌铁液流电池" : "", SubjectEn = isOfAgreement ? "Zinc-iron flow battery" : "", Body = CanonicalJson.Write(body), AtUtc = at,
            });
            database.Notices.Add(new Notice
            {
                Person = person, Source = $"{source}/of-{person}", Topic = topic, AtUtc = at, ToldAtUtc = at, IsShown = true, ReadAtUtc = isRead ? at : null,
            });
        }

        database.Mails.Add(new OutgoingMail
        {
            Mail = "0", Kind = OutgoingMailKind.Digest, CreatedAtUtc = Now.UtcDateTime, EndedAtUtc = Now.UtcDateTime, Attempts = 14, Status = OutgoingMailStatus.GivenUp,
            Reason = "mail.example.com:587 SmtpCommandException 450",
        });
        await database.SaveChangesAsync();
    }

    private static Account Account(string mail, bool isConfirmed) => new()
    {
        Id = PersonId.New().Value, Email = mail, EmailConfirmed = isConfirmed, Name = "Somebody", PasswordHash = "none that fits", CreatedAtUtc = Now.UtcDateTime,
    };
}
