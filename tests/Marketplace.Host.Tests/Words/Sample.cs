using System.Collections.Immutable;
using System.Reflection;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Teams;

namespace Marketplace.Host.Tests.Words;

/// <summary>An event with something in every member, whatever members it has: a new event type gets a sample by itself.</summary>
internal static class Sample
{
    /// <summary>What people typed: neither Chinese nor a sentence, so that it is told from our words.</summary>
    public const string Typed = "TYPED";

    public static IEnumerable<AgreementEvent> OfEveryEvent() => typeof(AgreementEvent).Assembly.GetTypes()
        .Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(AgreementEvent)))
        .Select(t => (AgreementEvent)Of(t));

    public static object Of(Type type) => Nullable.GetUnderlyingType(type) is { } inner ? Of(inner) : type switch
    {
        _ when type == typeof(string) => Typed,
        _ when type == typeof(int) => 2,
        _ when type == typeof(long) => 1_234_56L,
        _ when type == typeof(decimal) => 7m,
        _ when type == typeof(bool) => true,
        _ when type == typeof(DateOnly) => new DateOnly(2026, 3, 2),
        _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2026, 3, 2, 4, 0, 0, TimeSpan.Zero),
        _ when type == typeof(Currency) => Currency.Cny,
        _ when type == typeof(TimeSpan) => TimeSpan.FromDays(2),
        _ when type == typeof(ImmutableSortedSet<MemberRole>) => ImmutableSortedSet.Create(MemberRole.Finance, MemberRole.Signatory),
        _ when type == typeof(ImmutableSortedDictionary<string, long>) => ImmutableSortedDictionary<string, long>.Empty,
        _ when type == typeof(FapiaoNumber) => FapiaoNumber.Parse("26122000000012345678", "number").Value,
        _ when type == typeof(Uscc) => Uscc.Parse("91350100M000100Y43", "uscc").Value,
        _ when type == typeof(Money) => new Money(1_234_56, Currency.Cny),
        _ when type == typeof(PaymentTrigger) => new RunningRoyalty(30_000),
        _ when type == typeof(ImmutableSortedDictionary<int, long>) => ImmutableSortedDictionary<int, long>.Empty.Add(2, 1_234_56),
        { IsEnum: true } => Enum.GetValues(type).GetValue(1)!,
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => ListOf(type.GetGenericArguments()[0]),
        { IsValueType: true } => Activator.CreateInstance(type, $"{type.GetProperty("Prefix", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)}{new string('0', 26)}")!,
        _ => Record(type),
    };

    private static Array ListOf(Type element)
    {
        var list = Array.CreateInstance(element, 1);
        list.SetValue(Of(element), 0);
        return list;
    }

    private static object Record(Type type)
    {
        var constructor = type.GetConstructors().Single();
        return constructor.Invoke([.. constructor.GetParameters().Select(p => Of(p.ParameterType))]);
    }
}
