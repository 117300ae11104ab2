using System.Text.Json;
using System.Text.Json.Nodes;
using Marketplace.StripeSimulation.State;

namespace Marketplace.StripeSimulation.Wire;

/// <summary><c>expand[]=latest_charge.balance_transaction</c>: an id becomes the resource.</summary>
internal static class Expansion
{
    private const int Deepest = 4;

    public static void Apply(World world, JsonNode answer, IReadOnlyList<string> paths)
    {
        foreach (var path in paths)
        {
            var steps = path.Split('.');
            if (steps.Length > Deepest)
            {
                throw StripeError.Invalid($"You cannot expand more than {Deepest} levels of a property. The property you requested ({path}) has {steps.Length} levels.", "expand");
            }

            Apply(world, answer, steps, path);
        }
    }

    private static void Apply(World world, JsonNode? at, ReadOnlySpan<string> steps, string path)
    {
        switch (at)
        {
            case JsonArray items:
                foreach (var item in items)
                {
                    Apply(world, item, steps, path);
                }

                break;
            case JsonObject fields when steps.Length > 0:
                var name = steps[0];
                if (!IsField(fields, name))
                {
                    throw StripeError.Invalid($"This property cannot be expanded ({path}).", "expand");
                }

                if (fields[name] is JsonValue value)
                {
                    fields[name] = (value.GetValueKind() == JsonValueKind.String ? world.Find((string)value!) : null)?.ToJson()
                        ?? throw StripeError.Invalid($"This property cannot be expanded ({path}).", "expand");
                }

                Apply(world, fields[name], steps[1..], path);
                break;
        }
    }

    /// <summary>It is there, or the contract knows it although nothing is said of it here.</summary>
    private static bool IsField(JsonObject fields, string name) =>
        fields.ContainsKey(name)
        || ((string?)fields["object"] is { } kind && Contract.Stripe.Objects.TryGetValue(kind, out var definition) && definition.Fields.ContainsKey(name));
}
