using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marketplace.StripeSimulation.Resources;
using Marketplace.StripeSimulation.State;
using Microsoft.AspNetCore.Http;

namespace Marketplace.StripeSimulation.Wire;

/// <summary>What stands before the work: authentication, contract, idempotency keys, faults.</summary>
internal sealed class Front(World world, Families families, Faults faults, CancellationToken stopped)
{
    private static readonly string[] ForConnectedAccounts = ["/v1/balance", "/v1/balance_transactions", "/v1/balance_transactions/{}", "/v1/payouts", "/v1/payouts/{}"];

    private readonly IdempotencyKeys keys = new();
    private long requests;

    /// <summary>A mistake of the simulator itself is told to whoever asked, so that it is found where it happens.</summary>
    public async Task Handle(HttpContext http)
    {
        try
        {
            await Answered(http);
        }
        catch (Exception mistake) when (!stopped.IsCancellationRequested && !http.Response.HasStarted)
        {
            var said = new JsonObject { ["error"] = new JsonObject { ["type"] = "api_error", ["code"] = "simulator_broken", ["message"] = mistake.ToString() } };
            await Write(http, new Answer(500, said, ShouldRetry: false), null);
        }
    }

    private async Task Answered(HttpContext http)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"req_{Interlocked.Increment(ref requests):D14}");
        http.Response.Headers["Request-Id"] = id;
        Call call;
        string? key;
        try
        {
            Authenticate(http.Request);
            call = await Read(http.Request, id);
            key = http.Request.Method == "POST" ? call.IdempotencyKey : null;
        }
        catch (StripeError error)
        {
            await Write(http, Answer.Of(error), null);
            return;
        }
        catch (NotPlayedException unknown)
        {
            await Write(http, NotPlayed(unknown), null);
            return;
        }

        if (call.Fault is Fault.DropBeforeWork)
        {
            http.Abort();
            return;
        }

        if (call.Fault is Fault.Unavailable)
        {
            http.Response.StatusCode = 503;
            await http.Response.WriteAsync("upstream connect error or disconnect/reset before headers", stopped);
            return;
        }

        var answer = Refused(call) ?? Claimed(call, key);
        if (answer is null)
        {
            if (call.Fault is Fault.HeldBeforeWork before)
            {
                await before.Hold.Wait(stopped); // also when the client has gone: the work of a slow server is done all the same
            }

            answer = Work(call, key);
        }

        if (call.Fault is Fault.DropAfterWork)
        {
            http.Abort();
            return;
        }

        if (call.Fault is Fault.HeldAfterWork after)
        {
            await after.Hold.Wait(stopped);
        }

        await Write(http, answer, key);
    }

    private void Authenticate(HttpRequest request)
    {
        if (request.Headers.Authorization != $"Bearer {world.Options.ApiKey}")
        {
            throw new StripeError(401, StripeError.InvalidRequest, "Invalid API Key provided.");
        }

        if (request.Headers["Stripe-Version"] is [{ } version] && version != Contract.Stripe.ApiVersion)
        {
            throw StripeError.Invalid($"Only the API version {Contract.Stripe.ApiVersion} is played here, not {version}.");
        }
    }

    private async Task<Call> Read(HttpRequest request, string id)
    {
        var path = request.Path.Value!;
        var (endpoint, ids) = Match(request.Method, path) ?? throw new NotPlayedException($"{request.Method} {path}");
        var account = (string?)request.Headers["Stripe-Account"];
        if (account is not null && !ForConnectedAccounts.Contains(endpoint.Path))
        {
            throw new NotPlayedException($"{endpoint} on behalf of a connected account");
        }

        var body = await new StreamReader(request.Body, Encoding.UTF8).ReadToEndAsync(stopped);
        var isJson = endpoint.Path.StartsWith("/v2/", StringComparison.Ordinal) && request.Method == "POST";
        var parameters = isJson ? Json(body) : FormBody.Parse(body.Length > 0 ? body : request.QueryString.Value ?? "");
        ContractCheck.Request(endpoint, parameters, isJson);
        var key = (string?)request.Headers["Idempotency-Key"];
        var fault = faults.Draw(new FaultyRequest(endpoint.ToString(), path, parameters, key));
        return new Call(endpoint, path, ids, new Parameters(parameters), id, key, account, fault);
    }

    private static JsonObject Json(string body)
    {
        try
        {
            return body.Length == 0 ? [] : JsonNode.Parse(body) as JsonObject ?? throw StripeError.Invalid("The body must be a JSON object.");
        }
        catch (JsonException broken)
        {
            throw StripeError.Invalid($"Invalid JSON: {broken.Message}");
        }
    }

    private (Endpoint, IReadOnlyList<string>)? Match(string method, string path)
    {
        var steps = path.Split('/');
        foreach (var endpoint in Contract.Stripe.Endpoints.Where(e => e.Method == method && families.Routes.ContainsKey(e.ToString())))
        {
            var asked = endpoint.Path.Split('/');
            if (asked.Length == steps.Length && asked.Zip(steps).All(s => s.First == "{}" || s.First == s.Second))
            {
                return (endpoint, [.. asked.Zip(steps).Where(s => s.First == "{}").Select(s => Uri.UnescapeDataString(s.Second))]);
            }
        }

        return null;
    }

    /// <summary>Turned away at the door: nothing was done and no key remembers it.</summary>
    private static Answer? Refused(Call call) => call.Fault switch
    {
        Fault.RateLimited => Answer.Of(new StripeError(429, StripeError.InvalidRequest, "Request rate limit exceeded.") { Code = "rate_limit" }),
        Fault.LockTimeout => Answer.Of(new StripeError(429, StripeError.InvalidRequest, "This object cannot be accessed right now because another API request or Stripe process is currently accessing it.") { Code = "lock_timeout" }),
        Fault.Conflict => Answer.Of(IdempotencyKeys.InUse(call.IdempotencyKey ?? "")),
        Fault.ErrorBeforeWork => ServerError(),
        _ => null,
    };

    private Answer? Claimed(Call call, string? key)
    {
        if (key is null)
        {
            return null;
        }

        lock (world.Gate)
        {
            try
            {
                return keys.Claim(key, $"{call.Endpoint.Method} {call.Path}", call.Parameters.Given, world.Now);
            }
            catch (StripeError error)
            {
                return Answer.Of(error);
            }
        }
    }

    private Answer Work(Call call, string? key)
    {
        lock (world.Gate)
        {
            var answer = Worked(call);
            if (call.Fault is Fault.ErrorAfterWork error)
            {
                var said = ServerError();
                Remember(key, call, error.Remembered ? said : answer);
                return said;
            }

            Remember(key, call, answer);
            return answer;
        }
    }

    private void Remember(string? key, Call call, Answer answer)
    {
        if (key is null)
        {
            return;
        }

        if (answer.Status == 501 || (answer.Status >= 400 && call.Path.StartsWith("/v2/", StringComparison.Ordinal)))
        {
            keys.Forget(key);
        }
        else
        {
            keys.Keep(key, answer);
        }
    }

    private Answer Worked(Call call)
    {
        world.CatchUp();
        world.Current = call;
        try
        {
            var answer = families.Routes[call.Endpoint.ToString()](call) switch
            {
                StripeObject resource => resource.ToJson(),
                var json => (JsonObject)json,
            };
            AnswerCheck.Answer(answer);
            Expansion.Apply(world, answer, call.Parameters.Texts("expand") ?? []);
            return new Answer(200, answer);
        }
        catch (StripeError error)
        {
            return Answer.Of(error);
        }
        catch (NotPlayedException unknown)
        {
            return NotPlayed(unknown);
        }
        finally
        {
            world.Current = null;
        }
    }

    private static Answer ServerError() => new(500, new JsonObject
    {
        ["error"] = new JsonObject { ["type"] = "api_error", ["message"] = "Something went wrong on Stripe's end." },
    });

    private static Answer NotPlayed(NotPlayedException unknown) => new(501, new JsonObject
    {
        ["error"] = new JsonObject { ["type"] = "api_error", ["code"] = "not_played_by_the_simulator", ["message"] = unknown.Message },
    }, ShouldRetry: false);

    private async Task Write(HttpContext http, Answer answer, string? key)
    {
        var response = http.Response;
        response.StatusCode = answer.Status;
        response.ContentType = "application/json";
        response.Headers["Stripe-Version"] = Contract.Stripe.ApiVersion;
        if (key is not null)
        {
            response.Headers["Idempotency-Key"] = key;
        }

        if (answer.Replayed)
        {
            response.Headers["Idempotent-Replayed"] = "true";
        }

        if (answer.ShouldRetry is { } retry)
        {
            response.Headers["Stripe-Should-Retry"] = retry ? "true" : "false";
        }

        if (!http.RequestAborted.IsCancellationRequested)
        {
            await response.WriteAsync(answer.Body.ToJsonString(), stopped);
        }
    }
}
