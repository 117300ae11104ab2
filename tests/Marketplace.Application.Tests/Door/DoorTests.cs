using Marketplace.Application.Door;
using Marketplace.Application.Organisations;
using Marketplace.Domain;
using Marketplace.Storage.Sqlite;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Marketplace.Application.Tests.TestEngine;

namespace Marketplace.Application.Tests.Door;

public sealed class DoorTests : IAsyncLifetime
{
    private SqliteStorage storage = null!;
    private TestEngine engine = null!;

    public async ValueTask InitializeAsync()
    {
        storage = await NewStorage();
        engine = await Start(storage, configure: services => services.AddScoped<IRequestHandler<NobodyMayAsk, Result<string>>, NobodyMayAskHandler>());
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        await storage.DisposeAsync();
    }

    [Fact]
    public async Task A_request_that_names_nobody_is_answered_to_nobody()
    {
        foreach (var role in Enum.GetValues<ActorRole>())
        {
            var answer = await engine.Door.Ask(Principal.Whole(role, null, "somebody"), new NobodyMayAsk());
            Assert.Equal(role == ActorRole.Visitor ? "sign-in-required" : "role-not-allowed", answer.Refusal?.Code);
        }
    }

    [Fact]
    public async Task Who_has_not_signed_in_is_asked_to_and_who_has_the_wrong_role_is_told()
    {
        var organisation = OrganisationId.ForUscc(Uscc.Parse("91350100M000100Y43", "uscc").Value);
        var verify = new VerifyOrganisation(Guid.NewGuid(), organisation);
        Assert.Equal("sign-in-required", await engine.Refuse(Principal.Visitor, verify));
        Assert.Equal("role-not-allowed", await engine.Refuse(Principal.Whole(ActorRole.Lab, organisation, "wang"), verify));
    }

    [Fact]
    public async Task A_command_without_an_id_is_refused() =>
        Assert.Equal("command-id-missing", await engine.Refuse(Principal.Visitor, Registration(Guid.Empty)));

    [Fact]
    public async Task Somebody_elses_registration_is_not_found()
    {
        var mine = OrganisationId.Wrap((await engine.Accept(Principal.Visitor, Registration())).Id);
        var other = Id.CreatedBy<OrganisationId>(Guid.NewGuid());
        var lab = Principal.Whole(ActorRole.Lab, other, "zhao");
        Assert.Equal("not-found", (await engine.Door.Ask(lab, new GetOrganisation(mine))).Refusal?.Code);
        Assert.False((await engine.Door.Ask(lab with { Organisation = mine }, new GetOrganisation(mine))).IsRefused);
    }

    private sealed record NobodyMayAsk : IQuery<string>;

    private sealed class NobodyMayAskHandler : IRequestHandler<NobodyMayAsk, Result<string>>
    {
        public Task<Result<string>> Handle(NobodyMayAsk request, CancellationToken cancellationToken) => throw new InvalidOperationException("Reached.");
    }
}
