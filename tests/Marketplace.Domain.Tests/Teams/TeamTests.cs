using System.Collections.Immutable;
using CsCheck;
using Marketplace.Domain.Teams;

namespace Marketplace.Domain.Tests.Teams;

public sealed class TeamTests
{
    private const string Secret = "what the mail says";
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
    private static readonly PersonId Wang = Person(1), Li = Person(2), Zhao = Person(3);
    private static readonly InvitationId Letter = DerivedId.From<InvitationId>("letter");
    private static readonly Team Founded = After(TeamRules.Initial, new TeamFounded(Actors.LabId, 1, Wang));
    private static readonly Team Invited = After(Founded, Invitation([MemberRole.Finance]));

    public static TheoryData<string, string, string> Askers => DecisionTable.Cells("""
                       Invite  Withdraw  Join  Roles  Remove
        Owner          ok      ok        404   ok     ok
        OtherLab       404     404       404   404    404
        Company        404     404       404   404    404
        Administrator  403     403       404   403    403
        Visitor        404     404       404   404    404
        System         ok      ok        404   ok     ok
        """);

    [Theory, MemberData(nameof(Askers))]
    public void Only_whoever_leads_the_team_changes_it(string asker, string command, string expected)
    {
        var earlier = DerivedId.From<InvitationId>("earlier");
        var team = After(
            Invited, new MemberInvited(Actors.LabId, earlier, [MemberRole.Viewer], Sha256Hex.Of(Secret), Now.AddDays(1)), new MemberJoined(earlier, Zhao, [MemberRole.Viewer]));
        TeamCommand wanted = command switch
        {
            "Invite" => new InviteMember(Actors.LabId, DerivedId.From<InvitationId>("another"), [MemberRole.Viewer], Sha256Hex.Of(Secret)),
            "Withdraw" => new WithdrawInvitation(Letter),
            "Join" => new JoinTeam(Letter, Li, "a guess"),
            "Roles" => new ChangeMemberRoles(Zhao, [MemberRole.Signatory]),
            _ => new RemoveMember(Zhao),
        };
        Assert.Equal(expected, DecisionTable.Answer(TeamRules.Decide(team, wanted, Actors.At(Now, Actors.Named(asker))), team, TeamRules.Apply, _ => "ok"));
    }

    [Fact]
    public void Whoever_registered_the_organisation_founds_its_team_once()
    {
        var founding = new FoundTeam(Actors.LabId, 1, Wang);
        Assert.Equal(RefusalKind.NotFound, Decide(TeamRules.Initial, founding, As(Li)).Refusal?.Kind);
        Assert.Equal([Wang.Value], After(TeamRules.Initial, founding, As(Wang)).Leads);
        Assert.Empty(Decide(Invited, founding, As(Wang)).Value);
    }

    [Fact]
    public void A_new_registration_after_a_rejection_ends_the_old_team_and_its_invitations()
    {
        var again = After(Invited, new FoundTeam(Actors.LabId, 2, Li), As(Li));
        Assert.Equal([Li.Value], again.Leads);
        Assert.Empty(again.RolesOf(Wang));
        Assert.Equal("invitation-closed", Decide(again, new JoinTeam(Letter, Zhao, Secret), As(Zhao)).Refusal?.Code);
    }

    [Fact]
    public void An_invitation_is_accepted_once_with_its_secret_and_for_seven_days()
    {
        Assert.Equal(RefusalKind.NotFound, Decide(Invited, new JoinTeam(Letter, Li, "a guess"), As(Li)).Refusal?.Kind);
        Assert.Equal("invitation-closed", Decide(Invited, new JoinTeam(Letter, Li, Secret), As(Li, Now.AddDays(7))).Refusal?.Code);
        var joined = After(Invited, new JoinTeam(Letter, Li, Secret), As(Li, Now.AddDays(7).AddTicks(-1)));
        Assert.Equal([MemberRole.Finance], joined.RolesOf(Li));
        Assert.Equal("member-already", Decide(joined, new JoinTeam(Letter, Li, Secret), As(Li)).Refusal?.Code);
        Assert.Equal("invitation-closed", Decide(joined, new JoinTeam(Letter, Zhao, Secret), As(Zhao)).Refusal?.Code);
        var withdrawn = After(Invited, new WithdrawInvitation(Letter), Actors.At(Now, Actors.Lab));
        Assert.Equal("invitation-closed", Decide(withdrawn, new JoinTeam(Letter, Li, Secret), As(Li)).Refusal?.Code);
    }

    [Fact]
    public void Whoever_has_left_can_be_invited_again()
    {
        var left = After(After(Invited, new JoinTeam(Letter, Li, Secret), As(Li)), new RemoveMember(Li), As(Li));
        Assert.Empty(left.RolesOf(Li));
        var back = DerivedId.From<InvitationId>("back");
        var again = After(left, new InviteMember(Actors.LabId, back, [MemberRole.Signatory], Sha256Hex.Of(Secret)), Actors.At(Now, Actors.Lab));
        Assert.Equal([MemberRole.Signatory], After(again, new JoinTeam(back, Li, Secret), As(Li)).RolesOf(Li));
    }

    [Theory]
    [InlineData("Owner", true, "示例甲", null)]
    [InlineData("Owner", true, "  示例甲 ", null)]
    [InlineData("Owner", true, null, "inventor-name-missing")]
    [InlineData("Owner", true, " ", "inventor-name-missing")]
    [InlineData("Owner", false, "示例甲", "inventor-without-role")]
    [InlineData("Owner", false, null, null)]
    [InlineData("Company", true, "示例甲", "inventor-of-a-lab")]
    public void An_inventor_is_invited_by_a_lab_and_by_name(string asker, bool asInventor, string? name, string? refused)
    {
        var actor = Actors.Named(asker);
        var team = After(TeamRules.Initial, new TeamFounded(actor.Organisation!.Value, 1, Wang));
        var invite = new InviteMember(actor.Organisation.Value, Letter, asInventor ? [MemberRole.Inventor] : [MemberRole.Viewer], Sha256Hex.Of(Secret), name);
        Assert.Equal(refused, Decide(team, invite, Actors.At(Now, actor)).Refusal?.Code);
        if (refused is null)
        {
            var joined = After(After(team, invite, Actors.At(Now, actor)), new JoinTeam(Letter, Li, Secret), As(Li));
            Assert.Equal(asInventor ? "示例甲" : null, joined.InventorOf(Li));
            Assert.Equal(asInventor ? Duty.Inventor : Duty.Read, joined.RolesOf(Li).Duties());
        }
    }

    [Fact]
    public void Whoever_is_no_inventor_does_not_become_one_without_a_name_and_whoever_leaves_is_none()
    {
        var lab = Actors.At(Now, Actors.Lab);
        var joined = After(Invited, new JoinTeam(Letter, Li, Secret), As(Li));
        Assert.Equal("inventor-invited-anew", Decide(joined, new ChangeMemberRoles(Li, [MemberRole.Inventor]), lab).Refusal?.Code);

        var letter = DerivedId.From<InvitationId>("inventor");
        var inventor = After(After(Founded, new InviteMember(Actors.LabId, letter, [MemberRole.Inventor], Sha256Hex.Of(Secret), "示例甲"), lab), new JoinTeam(letter, Li, Secret), As(Li));
        var finance = After(inventor, new ChangeMemberRoles(Li, [MemberRole.Finance]), lab);
        Assert.Null(finance.InventorOf(Li));
        Assert.Equal("示例甲", After(finance, new ChangeMemberRoles(Li, [MemberRole.Finance, MemberRole.Inventor]), lab).InventorOf(Li));
        Assert.Null(After(inventor, new RemoveMember(Li), As(Li)).InventorOf(Li));
    }

    [Fact]
    public void The_last_one_who_leads_stays()
    {
        Assert.Equal("last-lead", Decide(Founded, new RemoveMember(Wang), As(Wang)).Refusal?.Code);
        Assert.Equal("last-lead", Decide(Founded, new ChangeMemberRoles(Wang, [MemberRole.Signatory]), Actors.At(Now, Actors.Lab)).Refusal?.Code);
    }

    [Theory]
    [InlineData]
    [InlineData(MemberRole.Administrator)]
    [InlineData(MemberRole.Owner, MemberRole.Auditor)]
    public void Roles_have_to_fit_the_team(params MemberRole[] roles) => Assert.Equal(
        "roles-unfit", Decide(Founded, new InviteMember(Actors.LabId, Letter, [.. roles], Sha256Hex.Of(Secret)), Actors.At(Now, Actors.Lab)).Refusal?.Code);

    [Fact]
    public void The_marketplaces_own_team_has_roles_of_its_own()
    {
        var administrator = Actors.At(Now, Actors.Administrator);
        Assert.Equal("roles-unfit", Decide(TeamRules.Initial, new InviteMember(null, Letter, [MemberRole.Owner], Sha256Hex.Of(Secret)), administrator).Refusal?.Code);
        var team = After(TeamRules.Initial, new InviteMember(null, Letter, [MemberRole.Administrator], Sha256Hex.Of(Secret)), administrator);
        Assert.Equal([Li.Value], After(team, new JoinTeam(Letter, Li, Secret), As(Li)).Leads);
        Assert.Equal(RefusalKind.NotFound, Decide(team, new InviteMember(null, Letter, [MemberRole.Auditor], Sha256Hex.Of(Secret)), Actors.At(Now, Actors.Lab)).Refusal?.Kind);
    }

    [Fact]
    public void An_organisation_that_nobody_leads_gets_its_first_owner_from_an_administrator()
    {
        InviteMember First(MemberRole role) => new(Actors.LabId, Letter, [role], Sha256Hex.Of(Secret));
        var administrator = Actors.At(Now, Actors.Administrator);
        Assert.Equal("first-member-leads", Decide(TeamRules.Initial, First(MemberRole.Viewer), administrator).Refusal?.Code);
        Assert.Equal([Li.Value], After(After(TeamRules.Initial, First(MemberRole.Owner), administrator), new JoinTeam(Letter, Li, Secret), As(Li)).Leads);
        Assert.Equal(RefusalKind.Forbidden, Decide(Founded, First(MemberRole.Owner), administrator).Refusal?.Kind);
    }

    [Fact]
    public void A_team_is_not_invited_without_end()
    {
        var full = Enumerable.Range(0, TeamRules.MaxOpenInvitations).Aggregate(
            Founded, (team, n) => After(team, new InviteMember(Actors.LabId, DerivedId.From<InvitationId>($"{n}"), [MemberRole.Viewer], Sha256Hex.Of(Secret)), Actors.At(Now, Actors.Lab)));
        var more = new InviteMember(Actors.LabId, Letter, [MemberRole.Viewer], Sha256Hex.Of(Secret));
        Assert.Equal("team-full", Decide(full, more, Actors.At(Now, Actors.Lab)).Refusal?.Code);
        Assert.False(Decide(full, more, Actors.At(Now.AddDays(7), Actors.Lab)).IsRefused);
    }

    [Fact]
    public void Whatever_is_asked_a_team_that_was_founded_has_somebody_who_leads_it()
    {
        var people = Gen.Int[0, 2].Select(n => new[] { Wang, Li, Zhao }[n]);
        var roles = Gen.Enum<MemberRole>().Array[0, 3].Select(r => r.ToImmutableSortedSet());
        var letters = Gen.Int[1, 4].Select(n => DerivedId.From<InvitationId>($"{n}"));
        Gen.Select(Gen.Int[0, 4], people, roles, letters).Array[0, 40].Sample(steps =>
        {
            var team = Founded;
            foreach (var (kind, person, wanted, letter) in steps)
            {
                var (command, context) = kind switch
                {
                    0 => ((TeamCommand)new InviteMember(Actors.LabId, letter, wanted, Sha256Hex.Of(Secret)), Actors.At(Now, Actors.Lab)),
                    1 => (new JoinTeam(letter, person, Secret), As(person)),
                    2 => (new ChangeMemberRoles(person, wanted), Actors.At(Now, Actors.Lab)),
                    3 => (new RemoveMember(person), Actors.At(Now, Actors.Lab)),
                    _ => (new RemoveMember(person), As(person)),
                };
                var decision = Decide(team, command, context);
                team = decision.IsRefused ? team : decision.Value.Aggregate(team, TeamRules.Apply);
                Assert.NotEmpty(team.Leads);
            }
        });
    }

    private static PersonId Person(int number) => DerivedId.From<PersonId>($"person {number}");

    private static MemberInvited Invitation(ImmutableSortedSet<MemberRole> roles) => new(Actors.LabId, Letter, roles, Sha256Hex.Of(Secret), Now.AddDays(7));

    private static CommandContext As(PersonId person, DateTimeOffset? now = null) => Actors.At(now ?? Now, new Actor(ActorRole.Person, null, person.Value));

    private static Result<IReadOnlyList<TeamEvent>> Decide(Team team, TeamCommand command, CommandContext context) => TeamRules.Decide(team, command, context);

    private static Team After(Team team, TeamCommand command, CommandContext context) => Decide(team, command, context).Value.Aggregate(team, TeamRules.Apply);

    private static Team After(Team team, params TeamEvent[] events) => events.Aggregate(team, TeamRules.Apply);
}
