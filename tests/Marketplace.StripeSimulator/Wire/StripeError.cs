using System.Text.Json.Nodes;

namespace Marketplace.StripeSimulation.Wire;

/// <summary>An error as Stripe answers it: an HTTP status and <c>{"error": {type, code, message, param, …}}</c>.</summary>
internal sealed class StripeError(int status, string type, string message) : Exception(message)
{
    public const string InvalidRequest = "invalid_request_error";

    public int Status => status;

    public string Type => type;

    public string? Code { get; init; }

    public string? Param { get; init; }

    /// <summary>More fields of the error: decline_code, charge, payment_intent …</summary>
    public JsonObject Details { get; init; } = [];

    /// <summary>Refused before any work began: an idempotency key forgets it.</summary>
    public bool BeforeWork { get; init; }

    public static StripeError Invalid(string message, string? param = null, string? code = null) =>
        new(400, InvalidRequest, message) { Param = param, Code = code };

    public static StripeError Missing(string param) => Invalid($"Missing required param: {param}.", param, "parameter_missing");

    /// <summary>404 for what the path names, 400 for what a parameter names.</summary>
    public static StripeError NoSuch(string kind, string id, string param) =>
        new(param == "id" ? 404 : 400, InvalidRequest, $"No such {kind}: '{id}'") { Param = param, Code = "resource_missing" };

    public JsonObject ToJson()
    {
        var error = new JsonObject { ["type"] = Type, ["message"] = Message };
        if (Code is not null)
        {
            error["code"] = Code;
            error["doc_url"] = $"https://stripe.com/docs/error-codes/{Code.Replace('_', '-')}";
        }

        if (Param is not null)
        {
            error["param"] = Param;
        }

        foreach (var (name, value) in Details)
        {
            error[name] = value?.DeepClone();
        }

        return new JsonObject { ["error"] = error };
    }
}
