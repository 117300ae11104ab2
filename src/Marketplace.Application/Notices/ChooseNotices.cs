using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Notices;

/// <summary>How somebody is told, by topic.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, ActorRole.Person, For = Duty.Self)]
public sealed record GetNoticeChoices : IQuery<IReadOnlyList<NoticeChoice>>;

/// <summary>Somebody chooses how they are told from now on. Topics that are not named stay as they are.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, ActorRole.Person, For = Duty.Self)]
public sealed record ChooseNotices(Guid CommandId, IReadOnlyList<NoticeChoice> Choices) : ICommandRequest;

internal sealed class ChooseNoticesHandler(IDbContextFactory<NoticesDatabase> notices, Caller caller)
    : IRequestHandler<GetNoticeChoices, Result<IReadOnlyList<NoticeChoice>>>, IRequestHandler<ChooseNotices, Answer>
{
    public async Task<Result<IReadOnlyList<NoticeChoice>>> Handle(GetNoticeChoices request, CancellationToken cancellationToken)
    {
        await using var database = await notices.CreateDbContextAsync(cancellationToken);
        var kept = await database.Choices.AsNoTracking().Where(c => c.Person == caller.Principal.Person).ToDictionaryAsync(c => c.Topic, cancellationToken);
        return Result<IReadOnlyList<NoticeChoice>>.Of(
            [.. Enum.GetValues<NoticeTopic>().Select(t => kept.TryGetValue(t, out var choice) ? new NoticeChoice(t, choice.IsShown, choice.Mail) : NoticeChoice.Usual(t))]);
    }

    public async Task<Answer> Handle(ChooseNotices request, CancellationToken cancellationToken)
    {
        if (!Id.TryParse<PersonId>(caller.Principal.Person, out var person))
        {
            return Refusal.Invalid("account-required", "只有登录帐号的人可以设置通知。", "Only somebody with an account can choose.");
        }

        if (request.Choices.Select(c => c.Check()).FirstOrDefault(r => r is not null) is { } refusal)
        {
            return refusal;
        }

        await using var database = await notices.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        foreach (var choice in request.Choices.GroupBy(c => c.Topic).Select(g => g.Last()))
        {
            var kept = await database.Choices.Where(c => c.Person == person.Value && c.Topic == choice.Topic)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.IsShown, choice.IsShown).SetProperty(c => c.Mail, choice.Mail), cancellationToken);
            if (kept == 0)
            {
                database.Choices.Add(new KeptNoticeChoice { Person = person.Value, Topic = choice.Topic, IsShown = choice.IsShown, Mail = choice.Mail });
            }
        }

        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Accepted(person.Value, 0);
    }
}
