using Marketplace.Application.Door;
using Marketplace.Application.Invariants;
using Marketplace.Application.Organisations;
using Marketplace.Application.Teams;
using Marketplace.Domain;
using Marketplace.Domain.Organisations;
using Marketplace.Domain.Teams;
using Marketplace.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using static Marketplace.Application.Tests.TestEngine;

namespace Marketplace.Application.Tests.Teams;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Organisations;
using Marketplace.Application.Teams;

/// <summary>From a registration to a colleague who may see to money, and out again: who they are at the door follows the team at once.</summary>
public sealed class TeamTests : IAsyncLifetime
{
    private const string Secret = "what the mail says";
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 5, 1, 0, 0, TimeSpan.Zero));
    private SqliteStorage storage = null!;
    private TestEngine engine = null!;

    public async ValueTask InitializeAsync()
    {
        storage = await NewStorage();
        engine = await Start(storage, time: time);
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(await engine.Services.GetRequiredService<MarketplaceCheck>().Run(storage.Audit, time.GetUtcNow()).ToListAsync());
        await engine.DisposeAsync();
        await storage.DisposeAsync();
    }

    [Fact]
    public async Task Whoever_registers_an_organisation_leads_it_and_nobody_else_does()
    {
        var (wang, li) = (Account("wang"), Account("li"));
        var lab = await Register(wang);
        Assert.Equal("not-found", await engine.Refuse(li, new LeadOrganisation(Guid.NewGuid(), lab)));
        await engine.Accept(wang, new LeadOrganisation(Guid.NewGuid(), lab));
        var owner = await At(wang, lab);
        Assert.Equal((ActorRole.Lab, Duty.Self | Duty.Read | Duty.Negotiate | Duty.Sign | Duty.Finance | Duty.Lead), (owner.Role, owner.Duties));
        Assert.Empty(await Memberships(li));
    }

    [Fact]
    public async Task Somebody_else_registers_after_a_rejection_and_leads_in_place_of_the_first()
    {
        var (wang, li) = (Account("wang"), Account("li"));
        var lab = await Led(wang);
        await engine.Accept(Administrator, new RejectOrganisation(Guid.NewGuid(), lab, "证件不清"));
        await Register(li);
        await engine.Accept(li, new LeadOrganisation(Guid.NewGuid(), lab));
        Assert.Empty(await Memberships(wang));
        Assert.Equal(ActorRole.Lab, (await At(li, lab)).Role);
        Assert.Equal("not-found", await engine.Refuse(wang, new LeadOrganisation(Guid.NewGuid(), lab)));
    }

    [Fact]
    public async Task An_invitation_lets_a_colleague_do_what_it_says_and_a_change_counts_at_once()
    {
        var (wang, li) = (Account("wang"), Account("li"));
        var lab = await Led(wang);
        var owner = await At(wang, lab);
        var letter = await Invite(owner, MemberRole.Viewer);
        Assert.True((await engine.Door.Ask(Principal.Visitor, new GetInvitation(letter, Secret))).Value.IsOpen);
        Assert.Equal("not-found", (await engine.Door.Ask(Principal.Visitor, new GetInvitation(letter, "a guess"))).Refusal?.Code);
        Assert.Equal("not-found", await engine.Refuse(li, new JoinTeam(Guid.NewGuid(), letter, "a guess")));
        await engine.Accept(li, new JoinTeam(Guid.NewGuid(), letter, Secret));
        Assert.False((await engine.Door.Ask(Principal.Visitor, new GetInvitation(letter, Secret))).Value.IsOpen);

        var draft = new LeaveTeam(Guid.NewGuid());
        var viewer = await At(li, lab);
        Assert.Equal("duty-missing", await engine.Refuse(viewer, new InviteMember(Guid.NewGuid(), [MemberRole.Owner], Sha256Hex.Of(Secret))));
        Assert.Equal(2, (await engine.Door.Ask(viewer, new GetTeam())).Value.Members.Count);
        await engine.Accept(owner, new ChangeMemberRoles(Guid.NewGuid(), PersonId.Wrap(li.Person), [MemberRole.Owner]));
        Assert.True((await At(li, lab)).Duties.HasFlag(Duty.Lead));

        await engine.Accept(owner, draft);
        Assert.Empty(await Memberships(wang));
    }

    [Fact]
    public async Task Whoever_is_removed_is_nobody_at_their_next_request()
    {
        var (wang, li) = (Account("wang"), Account("li"));
        var lab = await Led(wang);
        var owner = await At(wang, lab);
        await engine.Accept(li, new JoinTeam(Guid.NewGuid(), await Invite(owner, MemberRole.Finance), Secret));
        Assert.NotEmpty(await Memberships(li));
        await engine.Accept(owner, new RemoveMember(Guid.NewGuid(), PersonId.Wrap(li.Person)));
        Assert.Empty(await Memberships(li));
    }

    [Fact]
    public async Task Leading_needs_a_proof_of_who_one_is()
    {
        var wang = Account("wang");
        var lab = await Led(wang);
        var unproven = await At(wang, lab) with { IsProven = false };
        Assert.Equal("proof-required", await engine.Refuse(unproven, new InviteMember(Guid.NewGuid(), [MemberRole.Viewer], Sha256Hex.Of(Secret))));
        Assert.False((await engine.Door.Ask(unproven, new GetTeam())).IsRefused);
    }

    [Fact]
    public async Task Another_team_is_not_there_and_administrators_see_every_team()
    {
        var (wang, li) = (Account("wang"), Account("li"));
        var lab = await Led(wang);
        var company = await Led(li, OrganisationKind.Company, "91120116EXAMPLE605");
        var stranger = await At(li, company);
        Assert.Equal("not-found", (await engine.Door.Ask(stranger, new GetTeam(lab))).Refusal?.Code);
        Assert.Equal("not-found", await engine.Refuse(stranger, new RemoveMember(Guid.NewGuid(), PersonId.Wrap(wang.Person))));
        Assert.Equal(wang.Person, Assert.Single((await engine.Door.Ask(Administrator, new GetTeam(lab))).Value.Members).Person.Value);
    }

    [Fact]
    public async Task The_marketplaces_own_team_is_built_by_invitations_and_knows_who_approves_and_who_looks()
    {
        var (zhang, qian) = (Account("zhang"), Account("qian"));
        await engine.Accept(zhang, new JoinTeam(Guid.NewGuid(), await Invite(Principal.System, MemberRole.Administrator), Secret));
        var administrator = Assert.Single(await Memberships(zhang)).Principal(isProven: true);
        Assert.Equal((ActorRole.Administrator, null), (administrator.Role, administrator.Organisation));
        await engine.Accept(qian, new JoinTeam(Guid.NewGuid(), await Invite(administrator, MemberRole.Auditor), Secret));
        var auditor = Assert.Single(await Memberships(qian)).Principal(isProven: true);
        var lab = await Led(Account("wang"));
        Assert.False((await engine.Door.Ask(auditor, new ListOrganisations())).IsRefused);
        foreach (var principal in new[] { auditor, administrator })
        {
            Assert.Equal("duty-missing", await engine.Refuse(principal, new VerifyOrganisation(Guid.NewGuid(), lab)));
        }

        await engine.Accept(administrator, new ChangeMemberRoles(Guid.NewGuid(), PersonId.Wrap(qian.Person), [MemberRole.Approver]));
        await engine.Accept(Assert.Single(await Memberships(qian)).Principal(isProven: true), new VerifyOrganisation(Guid.NewGuid(), lab));
    }

    private static Principal Account(string name) => new(ActorRole.Person, null, DerivedId.From<PersonId>(name).Value, Duty.Self, IsProven: false);

    private async Task<OrganisationId> Register(Principal by, OrganisationKind kind = OrganisationKind.Lab, string code = "91350100M000100Y43") => OrganisationId.Wrap(
        (await engine.Accept(by, new RegisterOrganisation(Guid.NewGuid(), kind, new BilingualText("示例机构", "Example"), code))).Id);

    private async Task<OrganisationId> Led(Principal by, OrganisationKind kind = OrganisationKind.Lab, string code = "91350100M000100Y43")
    {
        var organisation = await Register(by, kind, code);
        await engine.Accept(by, new LeadOrganisation(Guid.NewGuid(), organisation));
        return organisation;
    }

    private async Task<InvitationId> Invite(Principal by, MemberRole role)
    {
        var id = Guid.NewGuid();
        await engine.Accept(by, new InviteMember(id, [role], Sha256Hex.Of(Secret)));
        return InviteMember.IdOf(id);
    }

    private async Task<IReadOnlyList<Membership>> Memberships(Principal account) =>
        (await engine.Door.Ask(Principal.System, new ListMemberships(PersonId.Wrap(account.Person)))).Value;

    private async Task<Principal> At(Principal account, OrganisationId organisation) =>
        (await Memberships(account)).Single(m => m.Organisation == organisation).Principal(isProven: true);
}
