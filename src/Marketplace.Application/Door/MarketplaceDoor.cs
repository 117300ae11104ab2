using Marketplace.Domain;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Application.Door;

/// <summary>
/// The only way in, for pages, REST, sweeps, seeds and simulation alike: who asks is an argument, never something ambient.
/// </summary>
public sealed class MarketplaceDoor(IServiceScopeFactory scopes)
{
    /// <exception cref="Journal.JournalUnavailableException">Outcome unknown: send the same request with the same command id again.</exception>
    public Task<Answer> Send(Principal principal, ICommandRequest command, CancellationToken cancel = default) =>
        command.CommandId == Guid.Empty
            ? Task.FromResult<Answer>(Refusals.CommandIdMissing)
            : Pass(principal, command, cancel);

    public Task<Result<T>> Ask<T>(Principal principal, IQuery<T> query, CancellationToken cancel = default) => Pass(principal, query, cancel);

    private async Task<TAnswer> Pass<TAnswer>(Principal principal, IRequest<TAnswer> request, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().Principal = principal;
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, cancel);
    }
}
