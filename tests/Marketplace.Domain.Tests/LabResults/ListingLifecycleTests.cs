using Marketplace.Domain.LabResults;
using Marketplace.Domain.Organisations;

namespace Marketplace.Domain.Tests.LabResults;

public sealed class ListingLifecycleTests
{
    // "Objected" is a notice with an open objection, "Elapsed" one whose time is over and which nobody has closed yet.
    public static TheoryData<string, string, string> Lifecycle => DecisionTable.Cells("""
                      Draft  Revise  Submit     Price   Notice        Object        Dismiss       Uphold     Close   Suspend    Resume  Withdraw
        Absent        Draft  404     404        404     404           404           404           404        404     404        404     404
        Draft         409    Draft   Submitted  409     409           409           409           409        -       409        409     Withdrawn
        Submitted     409    Draft   409        Priced  409           409           409           409        -       409        409     Withdrawn
        Priced        409    Draft   409        Priced  PublicNotice  409           409           409        -       409        409     Withdrawn
        PublicNotice  409    409     409        409     409           PublicNotice  409           409        -       409        409     Withdrawn
        Objected      409    409     409        409     409           PublicNotice  PublicNotice  Submitted  -       409        409     Withdrawn
        Elapsed       409    409     409        409     409           409           409           409        Listed  409        409     Withdrawn
        Listed        409    409     409        409     409           409           409           409        -       Suspended  409     Withdrawn
        Suspended     409    409     409        409     409           409           409           409        -       409        Listed  Withdrawn
        Withdrawn     409    409     409        409     409           409           409           409        -       409        409     409
        """);

    public static TheoryData<string, string, string> Askers => DecisionTable.Cells("""
                       Draft  Revise  Submit     Price   Notice        Object        Dismiss       Suspend    Resume  Close   Withdraw
        Owner          Draft  Draft   Submitted  Priced  PublicNotice  PublicNotice  PublicNotice  Suspended  403     403     Withdrawn
        OtherLab       404    404     404        404     404           PublicNotice  404           404        404     404     404
        Company        404    404     404        404     404           PublicNotice  404           404        404     404     404
        Visitor        404    404     404        404     404           PublicNotice  404           404        404     404     404
        Administrator  403    403     403        403     PublicNotice  PublicNotice  PublicNotice  Suspended  Listed  Listed  Withdrawn
        System         Draft  Draft   Submitted  Priced  PublicNotice  PublicNotice  PublicNotice  Suspended  Listed  Listed  Withdrawn
        """);

    [Theory, MemberData(nameof(Lifecycle))]
    public void Every_command_in_every_state_is_answered(string situation, string command, string expected) =>
        Assert.Equal(expected, Answer(In(situation), command, Actor.System));

    [Theory, MemberData(nameof(Askers))]
    public void Labs_speak_for_themselves_administrators_administer_and_anybody_objects(string asker, string command, string expected) =>
        Assert.Equal(expected, Answer(In(WhereAllowed(command)), command, Actors.Named(asker)));

    [Theory]
    [InlineData("Draft")]
    [InlineData("Submitted")]
    [InlineData("Priced")]
    [InlineData("Withdrawn")]
    public void What_is_not_public_does_not_exist_for_strangers(string situation) =>
        Assert.Equal("404", Answer(In(situation), "Object", Actors.Visitor));

    [Fact]
    public void A_lab_drafts_only_in_its_own_name()
    {
        var inAnotherName = new Listing().Ask(new DraftResult(Actors.StrangerId, Listing.Content()), Actors.Lab);

        Assert.Equal(RefusalKind.NotFound, inAnotherName.Refusal?.Kind);
    }

    [Fact]
    public void Only_labs_list_results()
    {
        var company = new Listing().Ask(new DraftResult(Actors.StrangerId, Listing.Content()), Actors.Company);

        Assert.Equal("labs-only", company.Refusal?.Code);
    }

    [Theory]
    [InlineData(false, true, OrganisationStatus.Verified, "title-not-declared")]
    [InlineData(true, false, OrganisationStatus.Verified, "dispute-not-excluded")]
    [InlineData(true, true, OrganisationStatus.Registered, "lab-not-verified")]
    [InlineData(true, true, OrganisationStatus.Suspended, "lab-not-verified")]
    public void Submitting_needs_clear_title_no_dispute_and_a_verified_lab(bool title, bool noDispute, OrganisationStatus lab, string code) =>
        Assert.Equal(code, Listing.In(ResultStatus.Draft).Ask(new SubmitResult(title, noDispute, lab)).Refusal?.Code);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_price_is_positive(long amountMinor)
    {
        var refusal = Listing.In(ResultStatus.Submitted).Ask(new PriceResult(PricingMethod.Auction, new Money(amountMinor, Currency.Cny))).Refusal;

        Assert.Equal(("price-not-positive", "price.amountMinor"), (refusal?.Code, refusal?.Field));
    }

    [Fact]
    public void A_revision_takes_back_declaration_and_price()
    {
        var listing = Listing.In(ResultStatus.Priced);

        listing.Do(Listing.CommandNamed("Revise"));

        Assert.Equal(ResultStatus.Draft, listing.State.Status);
        Assert.Null(listing.State.Price);
        Assert.Equal("新标题", listing.State.Content?.Title.Zh);
    }

    [Fact]
    public void Resuming_keeps_the_first_day_in_the_catalog()
    {
        var listing = Listing.In(ResultStatus.Suspended);
        var listedAtUtc = listing.State.ListedAtUtc;
        listing.NowUtc += TimeSpan.FromDays(90);

        listing.Do(Listing.CommandNamed("Resume"));

        Assert.NotNull(listedAtUtc);
        Assert.Equal(listedAtUtc, listing.State.ListedAtUtc);
        Assert.Null(listing.State.Suspension);
    }

    [Theory]
    [InlineData("Object")]
    [InlineData("Suspend")]
    [InlineData("Resume")]
    [InlineData("Withdraw")]
    public void What_people_must_explain_they_must_explain(string command)
    {
        LabResultCommand silent = Listing.CommandNamed(command) switch
        {
            RaiseObjection c => c with { Grounds = " " },
            SuspendResult c => c with { Explanation = "" },
            ResumeResult c => c with { Explanation = new string('长', LabResult.MaxExplanationCharacters + 1) },
            WithdrawResult c => c with { Reason = "\n" },
            var other => throw new InvalidOperationException($"{other} explains nothing"),
        };

        Assert.Equal(RefusalKind.Invalid, In(WhereAllowed(command)).Ask(silent).Refusal?.Kind);
    }

    private static string Answer(Listing listing, string command, Actor actor) => DecisionTable.Answer(
        listing.Ask(Listing.CommandNamed(command), actor), listing.State, LabResult.Apply, s => s.Status.ToString());

    private static string WhereAllowed(string command) => command switch
    {
        "Draft" => "Absent",
        "Revise" or "Submit" or "Withdraw" => "Draft",
        "Price" => "Submitted",
        "Notice" => "Priced",
        "Object" => "PublicNotice",
        "Dismiss" => "Objected",
        "Close" => "Elapsed",
        "Suspend" => "Listed",
        "Resume" => "Suspended",
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command"),
    };

    private static Listing In(string situation)
    {
        switch (situation)
        {
            case "Objected":
                var objected = Listing.In(ResultStatus.PublicNotice);
                objected.Do(Listing.CommandNamed("Object"));
                return objected;
            case "Elapsed":
                var elapsed = Listing.In(ResultStatus.PublicNotice);
                elapsed.NowUtc = LabResult.NextWakeUtc(elapsed.State)!.Value;
                return elapsed;
            default:
                return Listing.In(Enum.Parse<ResultStatus>(situation));
        }
    }
}
