using System.Text.Json.Nodes;
using Marketplace.Application.Exports;
using Marketplace.Domain;
using Marketplace.Host.Exports;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Marketplace.Host.Api;

/// <summary>The OpenAPI document at /openapi/v1.json: made of the endpoints themselves, so it cannot lag behind.</summary>
public static class ApiDescription
{
    public static IServiceCollection AddMarketplaceApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, context, _) =>
        {
            LeaveOutWhatTheAddressSays(document, context.ApplicationServices.GetRequiredService<EndpointDataSource>());
            document.Info = new OpenApiInfo
            {
                Title = "Marketplace: use first, pay later 先使用后付费",
                Version = "v1",
                Description = "Every command carries a commandId made by the client; sending it again returns the first answer.",
            };
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            DescribeValue(schema, Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            if (metadata.OfType<RequestOf>().SingleOrDefault() is { } of)
            {
                var takes = metadata.OfType<TakesFile>().SingleOrDefault();
                DescribeParameters(
                    operation, of.Request, context.Description.RelativePath ?? "",
                    isBody: name => name == takes?.Member || (takes is null && context.Description.HttpMethod != HttpMethods.Get));
            }

            if (metadata.OfType<AlsoAsFile>().SingleOrDefault() is { } also)
            {
                DescribeFile(operation, also);
            }

            return Task.CompletedTask;
        });
    });

    /// <summary>The same rows, all of them, as a file.</summary>
    private static void DescribeFile(OpenApiOperation operation, AlsoAsFile also)
    {
        operation.Parameters!.Add(new OpenApiParameter
        {
            Name = ExportedTable.FormatKey,
            In = ParameterLocation.Query,
            Description = also.IsOnlyFile
                ? "Of the file; csv where it is not given."
                : "Answers a file with all rows, without any of after, before, limit and days. So does its media type as the first of Accept.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. Enum.GetValues<SheetFormat>().Select(f => (JsonNode)SheetFormats.ExtensionOf(f))] },
        });
        foreach (var format in Enum.GetValues<SheetFormat>())
        {
            operation.Responses!["200"].Content![SheetFormats.MediaTypeOf(format)] =
                new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = format == SheetFormat.Xlsx ? "binary" : null } };
        }
    }

    private static void LeaveOutWhatTheAddressSays(OpenApiDocument document, EndpointDataSource endpoints)
    {
        foreach (var endpoint in endpoints.Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<RequestOf>()?.Request.Name is { } name
                && document.Components?.Schemas?.TryGetValue(name, out var schema) == true)
            {
                foreach (var parameter in endpoint.RoutePattern.Parameters)
                {
                    schema.Properties?.Remove(parameter.Name);
                    schema.Required?.Remove(parameter.Name);
                }
            }
        }
    }

    // Values with a converter of their own look like nothing to the schema generator.
    private static void DescribeValue(OpenApiSchema schema, Type type)
    {
        if (type == typeof(Money))
        {
            schema.Type = JsonSchemaType.Object;
            schema.Description = "Exact money: minor units and an ISO 4217 code.";
            schema.Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["amountMinor"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
                ["currency"] = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[A-Z]{3}$" },
            };
            schema.Required = new HashSet<string> { "amountMinor", "currency" };
        }
        else if (type.GetInterfaces().FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IId<>)) is not null)
        {
            schema.Type = JsonSchemaType.String;
            schema.Pattern = $"^{type.GetProperty(nameof(OrganisationId.Prefix))!.GetValue(null)}[0-9a-z]{{26}}$";
        }
        else if (type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IIdentifier<>)))
        {
            schema.Type = JsonSchemaType.String;
        }
    }

    // Endpoints bind by hand, so their parameters are named here: what the route holds, and for queries the rest of the request.
    private static void DescribeParameters(OpenApiOperation operation, Type request, string path, Func<string, bool> isBody)
    {
        operation.Parameters ??= [];
        foreach (var (name, type, isOptional) in Members(request, "", isOptional: false))
        {
            var isInPath = path.Contains($"{{{name}}}", StringComparison.Ordinal);
            if (!isInPath && isBody(name))
            {
                continue;
            }

            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name,
                In = isInPath ? ParameterLocation.Path : ParameterLocation.Query,
                Required = isInPath || !isOptional,
                // A list is said by repeating the parameter: field=a&field=b.
                Schema = RequestReader.ListElement(type) is { } element ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = ParameterSchema(element) } : ParameterSchema(type),
            });
        }
    }

    private static OpenApiSchema ParameterSchema(Type type)
    {
        var schema = new OpenApiSchema { Type = JsonSchemaType.String };
        DescribeValue(schema, type);
        schema.Type = type == typeof(int) || type == typeof(long) ? JsonSchemaType.Integer : type == typeof(bool) ? JsonSchemaType.Boolean : JsonSchemaType.String;
        if (type.IsEnum)
        {
            schema.Enum = [.. Enum.GetNames(type).Select(n => (JsonNode)System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(n))];
        }

        return schema;
    }

    // In an address a dot leads into a member that has members of its own.
    private static IEnumerable<(string Name, Type Type, bool IsOptional)> Members(Type request, string under, bool isOptional) =>
        request.GetConstructors().Single().GetParameters().SelectMany(parameter =>
        {
            var name = under + System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
            var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
            var mayMiss = isOptional || parameter.HasDefaultValue;
            return (type is { IsClass: true, IsGenericType: false } || type == typeof(Money)) && type.Namespace!.StartsWith("Marketplace.Domain", StringComparison.Ordinal) && request.GetInterface("ICommandRequest") is not null
                ? Members(type, $"{name}.", mayMiss)
                : [(name, type, mayMiss)];
        });
}
