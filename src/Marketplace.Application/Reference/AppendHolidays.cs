using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Reference;

/// <summary>An administrator appends a year's notice on public holidays.</summary>
[MayAsk(ActorRole.Administrator, For = Duty.Operate)]
public sealed record AppendHolidays(Guid CommandId, IReadOnlyList<CalendarDay> Days) : ICommandRequest;

internal sealed class AppendHolidaysHandler(Commands commands) : IRequestHandler<AppendHolidays, Answer>
{
    public Task<Answer> Handle(AppendHolidays request, CancellationToken cancellationToken) =>
        commands.Execute<IReferenceGrain>(request, IReferenceGrain.China, new Domain.AppendHolidays(request.Days));
}
