namespace Marketplace.Architecture.Tests.Code;

/// <summary>The door: every request names who may ask, answers so that it can be refused, and has a handler that nobody can call past it.</summary>
public sealed class RequestTests
{
    private const string Request = "MediatR.IRequest`1";
    private const string Handler = "MediatR.IRequestHandler`2";

    private const string Usings = """
        using Marketplace.Application.Door;
        using Marketplace.Domain;
        using MediatR;
        namespace Marketplace.Application.Planted;

        """;

    [Fact]
    public void Every_request_names_who_may_ask() => Assert.Empty(AskedByNobody(CompiledCode.Ours));

    [Fact]
    public void A_request_that_names_nobody_is_found() => Assert.Equal(2, AskedByNobody(CompiledCode.Planted(Usings + """
        public sealed record Anonymous(Guid CommandId) : ICommandRequest;
        [MayAsk] public sealed record Empty(Guid CommandId) : ICommandRequest;
        [MayAsk(ActorRole.Lab)] public sealed record Fine(Guid CommandId) : ICommandRequest;
        [AnyoneMayAsk] public sealed record Open() : IQuery<int>;
        """)).Count());

    [Fact]
    public void Every_request_answers_so_that_it_can_be_refused() => Assert.Empty(CannotBeRefused(CompiledCode.Ours));

    [Fact]
    public void A_request_that_cannot_be_refused_is_found() => Assert.Single(CannotBeRefused(CompiledCode.Planted(Usings + """
        [AnyoneMayAsk] public sealed record HowMany() : IRequest<int>;
        [AnyoneMayAsk] public sealed record Fine() : IQuery<int>;
        [AnyoneMayAsk] public sealed record Order(Guid CommandId) : ICommandRequest;
        """)));

    [Fact]
    public void No_handler_can_be_called_past_the_door() => Assert.Empty(Callable(CompiledCode.Ours));

    [Fact]
    public void A_public_handler_is_found() => Assert.Single(Callable(CompiledCode.Planted(Usings + """
        [AnyoneMayAsk] public sealed record HowMany() : IQuery<int>;
        public sealed class PublicHandler : IRequestHandler<HowMany, Result<int>>
        {
            public Task<Result<int>> Handle(HowMany request, CancellationToken cancellationToken) => Task.FromResult<Result<int>>(1);
        }
        internal sealed class InternalHandler : IRequestHandler<HowMany, Result<int>>
        {
            public Task<Result<int>> Handle(HowMany request, CancellationToken cancellationToken) => Task.FromResult<Result<int>>(1);
        }
        """)));

    private static IEnumerable<string> AskedByNobody(IEnumerable<ModuleDefinition> modules) =>
        Requests(modules).Select(r => r.Type).Where(type => !type.CustomAttributes.Any(NamesSomebody)).Select(type => type.FullName);

    private static bool NamesSomebody(CustomAttribute attribute) => attribute.AttributeType.FullName switch
    {
        "Marketplace.Application.Door.AnyoneMayAskAttribute" => true,
        "Marketplace.Application.Door.MayAskAttribute" => attribute.ConstructorArguments is [{ Value: CustomAttributeArgument[] { Length: > 0 } }],
        _ => false,
    };

    private static IEnumerable<string> CannotBeRefused(IEnumerable<ModuleDefinition> modules) =>
        from request in Requests(modules)
        let answer = request.Answer
        where answer.GetElementType().FullName is not ("Marketplace.Application.Door.Answer" or "Marketplace.Domain.Result`1")
        select $"{request.Type.FullName} answers {answer.FullName}";

    private static IEnumerable<string> Callable(IEnumerable<ModuleDefinition> modules) => modules.Types()
        .Where(t => !t.IsAbstract && t.Interfaces.Any(i => i.InterfaceType.GetElementType().FullName == Handler))
        .Where(t => t.IsPublic || t.IsNestedPublic)
        .Select(t => t.FullName);

    private static IEnumerable<(TypeDefinition Type, TypeReference Answer)> Requests(IEnumerable<ModuleDefinition> modules) =>
        from type in modules.Types()
        where type is { IsInterface: false, IsAbstract: false }
        from answer in AnswersOf(type)
        select (type, answer);

    /// <summary>The answer of <c>IRequest&lt;T&gt;</c>, however far up the interfaces it is named.</summary>
    private static IEnumerable<TypeReference> AnswersOf(TypeDefinition type) => type.Interfaces
        .Select(i => i.InterfaceType)
        .SelectMany(i => i is GenericInstanceType generic && generic.ElementType.FullName == Request ? [generic.GenericArguments[0]] : AnswersOf(i.Resolve()))
        .DistinctBy(answer => answer.FullName);
}
