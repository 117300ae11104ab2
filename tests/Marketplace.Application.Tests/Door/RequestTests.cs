using Marketplace.Application.Door;
using MediatR;
using Xunit;

namespace Marketplace.Application.Tests.Door;

/// <summary>What holds for every request type there is.</summary>
public sealed class RequestTests
{
    public static TheoryData<Type> Requests => [.. typeof(MarketplaceDoor).Assembly.GetTypes().Where(IsRequest)];

    [Theory]
    [MemberData(nameof(Requests))]
    public void Every_request_names_who_may_send_it(Type request) => Assert.NotEmpty(MayAskAttribute.Of(request));

    [Theory]
    [MemberData(nameof(Requests))]
    public void Every_request_is_a_command_with_an_id_or_a_query(Type request) => Assert.True(
        request.IsAssignableTo(typeof(ICommandRequest))
        || request.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IQuery<>)));

    [Theory]
    [MemberData(nameof(Requests))]
    public void Every_request_has_one_handler(Type request) => Assert.Single(
        typeof(MarketplaceDoor).Assembly.GetTypes().SelectMany(t => t.GetInterfaces()),
        i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>) && i.GetGenericArguments()[0] == request);

    private static bool IsRequest(Type type) =>
        type is { IsAbstract: false } && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequest<>));
}
