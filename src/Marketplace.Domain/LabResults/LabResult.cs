namespace Marketplace.Domain.LabResults;

/// <summary>
/// A result (科技成果) on its way into the catalog:
/// DRAFT → SUBMITTED → PRICED → PUBLIC_NOTICE → LISTED ⇄ SUSPENDED, and WITHDRAWN from anywhere.
/// </summary>
public sealed partial class LabResult : IAggregate<LabResultState, LabResultCommand, LabResultEvent>
{
    public const int MaxExplanationCharacters = 4_000;

    private LabResult() { }

    public static LabResultState Initial { get; } = new(ResultStatus.Absent, null, null, null, null, 0, null, null);

    /// <summary>When <see cref="CloseNotice"/> has something to do; null when it does not (no notice, or a paused one).</summary>
    public static DateTimeOffset? NextWakeUtc(LabResultState state) => state.Notice?.ClosesAtUtc;

    public static Result<IReadOnlyList<LabResultEvent>> Decide(LabResultState state, LabResultCommand command, CommandContext context)
    {
        if (command is DraftResult draft)
        {
            return Draft(state, draft, context.Actor);
        }

        if (state.Lab is not { } lab)
        {
            return Refusal.NotFound();
        }

        return MayAsk(command, lab, state, context.Actor) is { } refusal ? refusal : command switch
        {
            ReviseDraft revise => Revise(state, revise),
            SubmitResult submit => Submit(state, submit, context.Actor),
            PriceResult price => Price(state, price),
            StartPublicNotice start => StartNotice(state, start, context),
            RaiseObjection raise => Raise(state, raise, context),
            AnswerObjection answer => Answer(state, answer, context),
            CloseNotice => Close(state, context),
            SuspendResult suspend => Suspend(state, suspend),
            ResumeResult resume => Resume(state, resume),
            WithdrawResult withdraw => Withdraw(state, withdraw),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command"),
        };
    }

    public static LabResultState Apply(LabResultState state, LabResultEvent happened) => happened switch
    {
        ResultDrafted e => Initial with { Status = ResultStatus.Draft, Lab = e.Lab, Content = e.Content },
        DraftRevised e => state with { Status = ResultStatus.Draft, Content = e.Content, Price = null },
        ResultSubmitted => state with { Status = ResultStatus.Submitted },
        ResultPriced e => state with { Status = ResultStatus.Priced, Price = new(e.Method, e.Price) },
        PublicNoticeStarted e => state with
        {
            Status = ResultStatus.PublicNotice,
            Notice = new(e.StartedAtUtc, e.ClosesAtUtc - e.StartedAtUtc, e.StartedAtUtc, []),
        },
        ObjectionRaised e => state with
        {
            ObjectionCount = e.Number,
            Notice = NoticeOf(state) with
            {
                OpenObjections = [.. NoticeOf(state).OpenObjections, new(e.Number, e.RaisedAtUtc, e.AnswerDueAtUtc)],
            },
        },
        NoticeClockPaused e => state with { Notice = NoticeOf(state).PausedAt(e.AtUtc) },
        ObjectionDismissed e => state with
        {
            Notice = NoticeOf(state) with
            {
                OpenObjections = [.. NoticeOf(state).OpenObjections.Where(o => o.Number != e.Number)],
            },
        },
        NoticeClockResumed e => state with { Notice = NoticeOf(state).ResumedAt(e.AtUtc) },
        ObjectionUpheld => state with { Status = ResultStatus.Submitted, Price = null, Notice = null },
        ResultListed e => state with { Status = ResultStatus.Listed, Notice = null, ListedAtUtc = e.ListedAtUtc },
        ResultSuspended e => state with { Status = ResultStatus.Suspended, Suspension = e.Reason },
        ResultResumed => state with { Status = ResultStatus.Listed, Suspension = null },
        ResultWithdrawn => state with { Status = ResultStatus.Withdrawn, Notice = null, Suspension = null },
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Unknown event"),
    };

    private static Refusal? MayAsk(LabResultCommand command, OrganisationId lab, LabResultState state, Actor actor) => command switch
    {
        // Declarations and prices are the lab's own word.
        ReviseDraft or SubmitResult or PriceResult => Authority.OwnerOnly(actor, lab),
        StartPublicNotice or AnswerObjection or SuspendResult or WithdrawResult => Authority.OwnerOrAdministrator(actor, lab),
        CloseNotice or ResumeResult => Authority.AdministratorOnly(actor, lab),
        // A notice is addressed to everybody; before and after it there is nothing of it to see.
        RaiseObjection => IsPublic(state.Status) ? null : Authority.OwnerOrAdministrator(actor, lab),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command"),
    };

    /// <summary>Whether everybody may see it: from the notice on, for as long as it is not withdrawn.</summary>
    public static bool IsPublic(ResultStatus status) => status switch
    {
        ResultStatus.PublicNotice or ResultStatus.Listed or ResultStatus.Suspended => true,
        ResultStatus.Absent or ResultStatus.Draft or ResultStatus.Submitted or ResultStatus.Priced or ResultStatus.Withdrawn => false,
    };

    private static Result<IReadOnlyList<LabResultEvent>> Draft(LabResultState state, DraftResult command, Actor actor) =>
        Authority.OwnerOnly(actor, command.Lab) is { } forbidden ? forbidden
        : actor.Role == ActorRole.Company ? Refusal.Forbidden("labs-only", "只有高校院所和新型研发机构可以发布成果。", "Only labs list results.")
        : state.Status != ResultStatus.Absent ? NotNow(state.Status, "重新起草", "be drafted again")
        : command.Content.CheckDraft() is { } refusal ? refusal.Under("content")
        : Happens(new ResultDrafted(command.Lab, command.Content.Normalised()));

    private static Result<IReadOnlyList<LabResultEvent>> Revise(LabResultState state, ReviseDraft command) => state.Status switch
    {
        ResultStatus.Draft or ResultStatus.Submitted or ResultStatus.Priced =>
            command.Content.CheckDraft() is { } refusal ? refusal.Under("content") : Happens(new DraftRevised(command.Content.Normalised())),
        _ => NotNow(state.Status, "修改", "be revised"),
    };

    private static Result<IReadOnlyList<LabResultEvent>> Submit(LabResultState state, SubmitResult command, Actor actor)
    {
        if (state.Status != ResultStatus.Draft)
        {
            return NotNow(state.Status, "提交", "be submitted");
        }

        if (command.LabStatus != Organisations.OrganisationStatus.Verified)
        {
            return Refusal.State("lab-not-verified", "机构通过核验后才能提交成果。", "The lab has to be verified before it submits results.");
        }

        if (!command.TitleIsClear)
        {
            return Refusal.Invalid(
                "title-not-declared", "提交前须声明权属清晰。", "Declare clear title before submitting.", "titleIsClear");
        }

        if (!command.NoDispute)
        {
            return Refusal.Invalid(
                "dispute-not-excluded", "提交前须声明不存在争议。", "Declare that there is no dispute before submitting.", "noDispute");
        }

        return state.Content!.CheckComplete() is { } refusal
            ? refusal.Under("content")
            : Happens(new ResultSubmitted(actor.Person));
    }

    private static Result<IReadOnlyList<LabResultEvent>> Price(LabResultState state, PriceResult command) => state.Status switch
    {
        ResultStatus.Submitted or ResultStatus.Priced =>
            command.Price.AmountMinor <= 0
                ? Refusal.Invalid("price-not-positive", "价格必须大于零。", "The price must be greater than zero.", "price.amountMinor")
                : Happens(new ResultPriced(command.Method, command.Price)),
        _ => NotNow(state.Status, "定价", "be priced"),
    };

    private static Result<IReadOnlyList<LabResultEvent>> Suspend(LabResultState state, SuspendResult command) => state.Status switch
    {
        ResultStatus.Listed =>
            BilingualText.CheckRequired(command.Explanation, "explanation", MaxExplanationCharacters) is { } refusal
                ? refusal
                : Happens(new ResultSuspended(command.Reason, command.Explanation)),
        _ => NotNow(state.Status, "暂停", "be suspended"),
    };

    private static Result<IReadOnlyList<LabResultEvent>> Resume(LabResultState state, ResumeResult command) => state.Status switch
    {
        ResultStatus.Suspended =>
            BilingualText.CheckRequired(command.Explanation, "explanation", MaxExplanationCharacters) is { } refusal
                ? refusal
                : Happens(new ResultResumed(command.Explanation)),
        _ => NotNow(state.Status, "恢复", "be resumed"),
    };

    private static Result<IReadOnlyList<LabResultEvent>> Withdraw(LabResultState state, WithdrawResult command) => state.Status switch
    {
        ResultStatus.Withdrawn => NotNow(state.Status, "再次撤回", "be withdrawn again"),
        _ => BilingualText.CheckRequired(command.Reason, "reason", MaxExplanationCharacters) is { } refusal
            ? refusal
            : Happens(new ResultWithdrawn(command.Reason)),
    };

    private static PublicNotice NoticeOf(LabResultState state) =>
        state.Notice ?? throw new InvalidOperationException("No public notice is under way");

    private static Refusal NotNow(ResultStatus status, string zhVerb, string enVerb) => Refusal.State(
        "result-state",
        $"成果当前状态为“{NameOf(status).Zh}”，不能{zhVerb}。",
        $"The result is {NameOf(status).En} and cannot {enVerb}.");

    /// <summary>The status's name for readers.</summary>
    public static BilingualText NameOf(ResultStatus status) => status switch
    {
        ResultStatus.Absent => new("不存在", "absent"),
        ResultStatus.Draft => new("草稿", "a draft"),
        ResultStatus.Submitted => new("已提交", "submitted"),
        ResultStatus.Priced => new("已定价", "priced"),
        ResultStatus.PublicNotice => new("公示中", "under public notice"),
        ResultStatus.Listed => new("已上架", "listed"),
        ResultStatus.Suspended => new("已暂停", "suspended"),
        ResultStatus.Withdrawn => new("已撤回", "withdrawn"),
    };

    private static LabResultEvent[] Happens(params LabResultEvent[] happened) => happened;
}
