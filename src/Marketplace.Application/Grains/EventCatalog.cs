using System.Collections.Frozen;
using System.Text.Json;
using Marketplace.Application.Json;

namespace Marketplace.Application.Grains;

/// <summary>
/// Wire names of one aggregate's events: the type's name in kebab-case, frozen by an approved list once published.
/// </summary>
public sealed class EventCatalog<TEvent> where TEvent : class
{
    public static readonly EventCatalog<TEvent> Instance = new();

    private readonly FrozenDictionary<string, Type> types;
    private readonly FrozenDictionary<Type, string> names;

    private EventCatalog()
    {
        types = typeof(TEvent).Assembly.GetTypes()
            .Where(t => t is { IsAbstract: false } && t.IsAssignableTo(typeof(TEvent)))
            .ToFrozenDictionary(t => JsonNamingPolicy.KebabCaseLower.ConvertName(t.Name), StringComparer.Ordinal);
        names = types.ToFrozenDictionary(t => t.Value, t => t.Key);
    }

    public IEnumerable<KeyValuePair<string, Type>> Types => types;

    public bool Knows(string name) => types.ContainsKey(name);

    public string NameOf(TEvent happened) => names[happened.GetType()];

    /// <exception cref="InvalidOperationException">No event of this name is known: the journal was written by a newer version.</exception>
    public TEvent Read(string name, string body) => types.TryGetValue(name, out var type)
        ? (TEvent)CanonicalJson.Read(body, type)
        : throw new InvalidOperationException($"Unknown event {name} of {typeof(TEvent).Name}: was this journal written by a newer version?");
}
