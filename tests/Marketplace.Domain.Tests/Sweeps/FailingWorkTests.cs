using Marketplace.Domain.Sweeps;

namespace Marketplace.Domain.Tests.Sweeps;

public sealed class FailingWorkTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, string, string> Lifecycle => DecisionTable.Cells("""
                     Fail         Recover  Release  ReleaseWithoutReason
        0            1            -        404      404
        1            2            0        409      409
        2            Quarantined  0        409      409
        Quarantined  -            -        0        422
        """);

    public static TheoryData<string, string, string> Askers => DecisionTable.Cells("""
                       Release
        OtherLab       404
        Company        404
        Visitor        404
        Administrator  0
        System         0
        """);

    [Theory, MemberData(nameof(Lifecycle))]
    public void The_third_failure_in_a_row_quarantines(string state, string command, string expected) =>
        Assert.Equal(expected, Ask(InState(state), command, Actor.System));

    [Theory, MemberData(nameof(Askers))]
    public void Only_administrators_release(string asker, string command, string expected) =>
        Assert.Equal(expected, Ask(InState("Quarantined"), command, Actors.Named(asker)));

    [Fact]
    public void After_a_release_it_takes_three_failures_again()
    {
        var released = Happened(InState("Quarantined"), Decide(InState("Quarantined"), "Release", Actors.Administrator).Value);

        Assert.Equal(["1", "2", "Quarantined"], Enumerable.Range(0, 3).Select(_ =>
        {
            released = Happened(released, Decide(released, "Fail", Actor.System).Value);
            return NameOf(released);
        }));
    }

    [Fact]
    public void A_reason_is_kept_fit_to_be_written_whatever_an_exception_says()
    {
        var reason = "库\0\n\ud800" + new string('x', 5_000);
        var failed = Happened(FailingWork.Initial, FailingWork.Decide(FailingWork.Initial, new RecordFailure(reason), Actors.At(Now, Actor.System)).Value);

        Assert.StartsWith("库U+0000U+000AU+FFFDxxx", failed.Reason);
        Assert.InRange(failed.Reason.Length, FailingWork.MaxReasonCharacters, FailingWork.MaxReasonCharacters + 50);
        Assert.Equal(Now, failed.FailedAtUtc);
    }

    private static string Ask(FailingWorkState state, string command, Actor actor) =>
        DecisionTable.Answer(Decide(state, command, actor), state, FailingWork.Apply, NameOf);

    private static Result<IReadOnlyList<FailingWorkEvent>> Decide(FailingWorkState state, string command, Actor actor) => FailingWork.Decide(
        state,
        command switch
        {
            "Fail" => new RecordFailure("out of coffee"),
            "Recover" => new RecordRecovery(),
            "Release" => new ReleaseWork("coffee bought"),
            _ => new ReleaseWork(" "),
        },
        Actors.At(Now, actor));

    private static FailingWorkState InState(string name)
    {
        var state = FailingWork.Initial;
        while (NameOf(state) != name)
        {
            state = Happened(state, Decide(state, "Fail", Actor.System).Value);
        }

        return state;
    }

    private static FailingWorkState Happened(FailingWorkState state, IEnumerable<FailingWorkEvent> events) => events.Aggregate(state, FailingWork.Apply);

    private static string NameOf(FailingWorkState state) => state.QuarantinedAtUtc is null ? $"{state.Attempts}" : "Quarantined";
}
