using Marketplace.Domain.Organisations;

namespace Marketplace.Domain.Tests.Organisations;

public sealed class OrganisationTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, string, string> Lifecycle => DecisionTable.Cells("""
                    Register    Verify    Reject    Suspend    Reinstate
        Absent      Registered  404       404       404        404
        Registered  409         Verified  Rejected  409        409
        Verified    409         409       409       Suspended  409
        Rejected    Registered  Verified  409       409        409
        Suspended   409         409       409       409        Verified
        """);

    public static TheoryData<string, string, string> Askers => DecisionTable.Cells("""
                       Register    Verify    Reject
        Owner          Registered  403       403
        OtherLab       Registered  404       404
        Company        Registered  404       404
        Visitor        Registered  404       404
        Administrator  Registered  Verified  Rejected
        System         Registered  Verified  Rejected
        """);

    [Theory, MemberData(nameof(Lifecycle))]
    public void Every_command_in_every_state_is_answered(string status, string command, string expected) =>
        Assert.Equal(expected, Ask(InStatus(Enum.Parse<OrganisationStatus>(status)), CommandNamed(command), Actors.Administrator));

    [Theory, MemberData(nameof(Askers))]
    public void Only_administrators_decide_about_an_organisation(string asker, string command, string expected) =>
        Assert.Equal(
            expected,
            Ask(InStatus(command == "Register" ? OrganisationStatus.Absent : OrganisationStatus.Registered), CommandNamed(command), Actors.Named(asker)));

    [Fact]
    public void One_code_registers_once()
    {
        var again = Organisation.Decide(InStatus(OrganisationStatus.Registered), CommandNamed("Register"), Actors.At(Now, Actors.Visitor));

        Assert.Equal("organisation-already-registered", again.Refusal?.Code);
    }

    [Fact]
    public void One_code_names_one_organisation_however_it_was_typed()
    {
        var typed = Uscc.Parse("91350100m000100y43", "uscc").Value;

        Assert.Equal(Actors.LabId, OrganisationId.ForUscc(typed));
        Assert.Equal(Actors.LabId, InStatus(OrganisationStatus.Registered).Id);
        Assert.True(Id.TryParse<OrganisationId>(Actors.LabId.Value, out _));
    }

    [Fact]
    public void An_id_derived_from_a_code_never_changes() =>
        // Frozen: streams are stored under it.
        Assert.Equal("org_0rwx3dpkz8h2yr4zg2xx6dr0va", Actors.LabId.Value);

    [Theory]
    [InlineData("", "Lab", null, "name.zh")]
    [InlineData("实验室", " ", null, "name.en")]
    [InlineData("实验室", "Lab", "no-at-sign", "contactMail")]
    [InlineData("实验室", "Lab", "two@at@signs", "contactMail")]
    [InlineData("实验室", "Lab", "a b@example.org", "contactMail")]
    [InlineData("实验室", "Lab", "@example.org", "contactMail")]
    public void A_registration_says_which_field_is_wrong(string zh, string en, string? mail, string field)
    {
        var decision = Organisation.Decide(
            Organisation.Initial, new RegisterOrganisation(OrganisationKind.Lab, new(zh, en), Actors.LabCode, mail), Actors.At(Now, Actors.Visitor));

        Assert.Equal(RefusalKind.Invalid, decision.Refusal?.Kind);
        Assert.Equal(field, decision.Refusal?.Field);
    }

    [Fact]
    public void A_rejection_and_a_suspension_need_a_reason()
    {
        var rejected = Organisation.Decide(InStatus(OrganisationStatus.Registered), new RejectOrganisation(" "), Actors.At(Now, Actors.Administrator));
        var suspended = Organisation.Decide(InStatus(OrganisationStatus.Verified), new SuspendOrganisation(""), Actors.At(Now, Actors.Administrator));

        Assert.Equal("reason", rejected.Refusal?.Field);
        Assert.Equal("reason", suspended.Refusal?.Field);
    }

    private static string Ask(OrganisationState state, OrganisationCommand command, Actor actor) => DecisionTable.Answer(
        Organisation.Decide(state, command, Actors.At(Now, actor)), state, Organisation.Apply, s => s.Status.ToString());

    private static OrganisationCommand CommandNamed(string name) => name switch
    {
        "Register" => new RegisterOrganisation(OrganisationKind.Lab, new("示例实验室", "Example Laboratory"), Actors.LabCode, "office@lab.example"),
        "Verify" => new VerifyOrganisation(),
        "Reject" => new RejectOrganisation("证照不清晰"),
        "Suspend" => new SuspendOrganisation("年检未通过"),
        "Reinstate" => new ReinstateOrganisation(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Unknown command"),
    };

    private static OrganisationState InStatus(OrganisationStatus status) => status switch
    {
        OrganisationStatus.Absent => Organisation.Initial,
        OrganisationStatus.Registered => After(Organisation.Initial, "Register"),
        OrganisationStatus.Verified => After(InStatus(OrganisationStatus.Registered), "Verify"),
        OrganisationStatus.Rejected => After(InStatus(OrganisationStatus.Registered), "Reject"),
        OrganisationStatus.Suspended => After(InStatus(OrganisationStatus.Verified), "Suspend"),
    };

    private static OrganisationState After(OrganisationState state, string command) =>
        Organisation.Decide(state, CommandNamed(command), Actors.At(Now, Actors.Administrator)).Value.Aggregate(state, Organisation.Apply);
}
