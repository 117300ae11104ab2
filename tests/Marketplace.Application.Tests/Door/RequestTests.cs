using Marketplace.Application.Door;
using Marketplace.Application.Exports;
using Marketplace.Domain;
using MediatR;
using Xunit;

namespace Marketplace.Application.Tests.Door;

/// <summary>What holds for every request type there is.</summary>
public sealed class RequestTests
{
    public static TheoryData<Type> Requests => [.. typeof(MarketplaceDoor).Assembly.GetTypes().Where(IsRequest)];

    [Theory]
    [MemberData(nameof(Requests))]
    public void Every_request_names_who_may_send_it(Type request) => Assert.NotEmpty(MayAskAttribute.Of(request).Roles);

    /// <summary>What they change is a file of what its reader may see anyway: an auditor may have it made.</summary>
    private static readonly Type[] OfReaders = [typeof(StartExport), typeof(EndExport)];

    /// <summary>A command that asks for no more than to look would let every reader act.</summary>
    [Theory]
    [MemberData(nameof(Requests))]
    public void Every_request_names_what_its_sender_is_trusted_with(Type request)
    {
        var mayAsk = MayAskAttribute.Of(request);
        var isCommand = request.IsAssignableTo(typeof(ICommandRequest));
        Assert.True(mayAsk.IsForAnyone ? mayAsk.For == Duty.None : mayAsk.For != Duty.None && (!isCommand || OfReaders.Contains(request) || (mayAsk.For & Duty.Read) == 0));
    }

    /// <summary>Every request × every role × every single duty: one that is named lets somebody through, one that is not never does.</summary>
    [Theory]
    [MemberData(nameof(Requests))]
    public void Nobody_passes_without_a_role_and_a_duty_that_are_named(Type request)
    {
        var mayAsk = MayAskAttribute.Of(request);
        foreach (var role in Enum.GetValues<ActorRole>())
        {
            foreach (var duty in Enum.GetValues<Duty>())
            {
                var principal = new Principal(role, null, "somebody", duty, IsProven: true);
                var needed = mayAsk.OfOrganisationsFor == Duty.None || role == ActorRole.Administrator ? mayAsk.For : mayAsk.OfOrganisationsFor;
                var mayPass = mayAsk.Roles.Contains(role) && (mayAsk.IsForAnyone || (needed & duty) != 0);
                Assert.Equal(mayPass, mayAsk.Check(principal) is null);
                Assert.Equal(mayPass && !mayAsk.Proven, mayAsk.Check(principal with { IsProven = false }) is null);
            }
        }
    }

    [Fact]
    public void What_binds_pays_or_approves_asks_for_a_proof()
    {
        var unproven = Requests.Select(r => r.Data)
            .Where(r => MayAskAttribute.Of(r) is { Proven: false, IsForAnyone: false } mayAsk && r.IsAssignableTo(typeof(ICommandRequest)) && (mayAsk.For & (Duty.Sign | Duty.Approve)) != 0)
            .Select(r => r.Name);
        Assert.Empty(unproven);
    }

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
