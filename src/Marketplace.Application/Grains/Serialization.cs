using Marketplace.Application.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;

namespace Marketplace.Application.Grains;

/// <summary>
/// Lets the rules' records travel between silos without an Orleans attribute on any of them.
/// They are immutable, so within a silo the same instance is handed over.
/// </summary>
public static class Serialization
{
    public static ISiloBuilder AddMarketplaceSerialization(this ISiloBuilder silo)
    {
        silo.Services.AddSerializer(serializer => serializer.AddJsonSerializer(
            isSerializable: IsRecordOfOurs,
            isCopyable: _ => false,
            options => options.Configure(o => o.SerializerOptions = CanonicalJson.Options)));
        silo.Services.AddSingleton<IGeneralizedCopier, SameInstanceCopier>();
        silo.Services.Configure<ExceptionSerializationOptions>(o => o.SupportedNamespacePrefixes.Add(nameof(Marketplace)));
        return silo;
    }

    // Exceptions have a codec of their own; what carries [GenerateSerializer] never gets here.
    private static bool IsRecordOfOurs(Type type) =>
        type.Namespace?.StartsWith("Marketplace.Domain", StringComparison.Ordinal) == true && !type.IsAssignableTo(typeof(Exception));

    private sealed class SameInstanceCopier : IGeneralizedCopier
    {
        public bool IsSupportedType(Type type) => IsRecordOfOurs(type);

        public object? DeepCopy(object? input, CopyContext context) => input;
    }
}
