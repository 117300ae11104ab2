using Marketplace.Domain.LabResults;
using Marketplace.Domain.Organisations;

namespace Marketplace.Domain.Tests.LabResults;

/// <summary>A listing on its way through the real rules; its clock only moves when a test moves it.</summary>
internal sealed class Listing
{
    public static readonly DateTimeOffset Begin = new(2026, 3, 2, 1, 30, 0, TimeSpan.Zero);

    public LabResultState State { get; private set; } = LabResult.Initial;

    public DateTimeOffset NowUtc { get; set; } = Begin;

    public static Listing In(ResultStatus status)
    {
        var listing = new Listing();
        string[] path = status switch
        {
            ResultStatus.Absent => [],
            ResultStatus.Draft => ["Draft"],
            ResultStatus.Submitted => ["Draft", "Submit"],
            ResultStatus.Priced => ["Draft", "Submit", "Price"],
            ResultStatus.PublicNotice => ["Draft", "Submit", "Price", "Notice"],
            ResultStatus.Listed => ["Draft", "Submit", "Price", "Notice", "Close"],
            ResultStatus.Suspended => ["Draft", "Submit", "Price", "Notice", "Close", "Suspend"],
            ResultStatus.Withdrawn => ["Draft", "Withdraw"],
        };
        foreach (var step in path)
        {
            if (step == "Close")
            {
                listing.NowUtc = LabResult.NextWakeUtc(listing.State)!.Value;
            }

            listing.Do(CommandNamed(step));
        }

        Assert.Equal(status, listing.State.Status);
        return listing;
    }

    public Result<IReadOnlyList<LabResultEvent>> Ask(LabResultCommand command, Actor? actor = null) =>
        LabResult.Decide(State, command, Actors.At(NowUtc, actor ?? Actor.System));

    /// <summary>Asks as the system, which may everything, and folds what happens.</summary>
    public IReadOnlyList<LabResultEvent> Do(LabResultCommand command)
    {
        var happened = Ask(command).Value;
        State = happened.Aggregate(State, LabResult.Apply);
        return happened;
    }

    public static LabResultCommand CommandNamed(string name) => name switch
    {
        "Draft" => new DraftResult(Actors.LabId, Content()),
        "Revise" => new ReviseDraft(Content() with { Title = new("新标题", "New title") }),
        "Submit" => new SubmitResult(TitleIsClear: true, NoDispute: true, OrganisationStatus.Verified),
        "Price" => new PriceResult(PricingMethod.NegotiatedPrice, new Money(100_000_00, Currency.Cny)),
        "Notice" => new StartPublicNotice(15),
        "Object" => new RaiseObjection("某人", "somebody@example.org", "本人亦为完成人"),
        "Dismiss" => new AnswerObjection(1, IsUpheld: false, "经核查不成立"),
        "Uphold" => new AnswerObjection(1, IsUpheld: true, "经核查成立"),
        "Close" => new CloseNotice(),
        "Suspend" => new SuspendResult(SuspensionReason.UnpaidAnnuity, "年费逾期"),
        "Resume" => new ResumeResult("年费已补缴"),
        "Withdraw" => new WithdrawResult("不再许可"),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Unknown command"),
    };

    public static ResultContent Content() => new(
        new("示例成果", "Sample result"),
        new("一句话简介", "One sentence"),
        new("解决的问题", "The problem"),
        new("与现有方案相比", "Beside what exists"),
        new("效益", "The gain"),
        TechnologyField.AdvancedComputing,
        IndustryCode.Parse("I651", "industry").Value,
        TechnologyReadiness.Of(6, ReadinessScale.GbT22900, "readiness").Value,
        [new(RightKind.InventionPatent, RightStatus.Granted, "201310699744.2"), new(RightKind.KnowHow, RightStatus.Unregistered, null)],
        "120116",
        [new("甲", 600_000), new("乙", 400_000)]);
}
