using System.Net;
using Marketplace.StripeSimulation;
using Marketplace.StripeSimulation.Wire;
using Stripe;

namespace Marketplace.Payments.Tests.StripeSimulation;

/// <summary>Requests meet Stripe's own declarations, of the version that Stripe.net speaks.</summary>
public sealed class ContractTests : SimulatedStripe
{
    [Fact]
    public void The_contract_is_of_the_version_that_Stripe_net_speaks()
    {
        Assert.Equal(StripeConfiguration.ApiVersion, Contract.Stripe.ApiVersion);
        Assert.Equal(new Version(53, 1, 0, 0), typeof(StripeClient).Assembly.GetName().Version);
        Assert.Equal("npm stripe@23.1.0", Contract.Stripe.Source);
    }

    [Fact]
    public void What_is_played_is_what_the_contract_lists() =>
        Assert.Equal(Contract.Stripe.Endpoints.Select(e => e.ToString()).Order(), StripeSimulator.Played.Order());

    [Theory]
    [InlineData("amount=100&currency=usd&payment_method_types[]=card", "parameter_unknown", "payment_method_types")]
    [InlineData("amount=100&currency=usd&payment_method_options[card][colour]=red", "parameter_unknown", "payment_method_options[card][colour]")]
    [InlineData("currency=usd", "parameter_missing", "amount")]
    [InlineData("amount=1.5&currency=usd", "parameter_invalid_integer", "amount")]
    [InlineData("amount=&currency=usd", "parameter_invalid_empty", "amount")]
    [InlineData("amount=100&currency=usd&capture_method=later", null, "capture_method")]
    [InlineData("amount=100&currency=usd&allowed_payment_method_types[0]=barter", null, "allowed_payment_method_types[0]")]
    [InlineData("amount=100&currency=usd&confirm=perhaps", null, "confirm")]
    [InlineData("amount=100&currency=usd&metadata=text", null, "metadata")]
    public async Task A_request_that_Stripe_would_not_take_is_refused(string form, string? code, string param)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", Simulator.ApiKey);
        using var answer = await http.PostAsync(new Uri(Simulator.Url, "v1/payment_intents"), new StringContent(form));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var error = System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]!;
        Assert.Equal(("invalid_request_error", code, param), ((string)error["type"]!, (string?)error["code"], (string?)error["param"]));
    }

    [Fact]
    public async Task What_a_caller_sends_past_the_types_of_Stripe_net_is_refused_too()
    {
        var options = Paying(1_000);
        options.AddExtraParam("payment_method_types[0]", "card");
        var refused = await Refused(HttpStatusCode.BadRequest, () => Pay(options));
        Assert.Equal(("parameter_unknown", "payment_method_types"), (refused.StripeError.Code, refused.StripeError.Param));
    }

    [Fact]
    public async Task Another_endpoint_is_answered_by_its_name()
    {
        var refused = await Refused(HttpStatusCode.NotImplemented, () => Client.V1.Products.CreateAsync(new ProductCreateOptions { Name = "?" }));
        Assert.Contains("POST /v1/products", refused.Message);
    }

    [Fact]
    public async Task What_is_not_played_of_an_endpoint_is_answered_by_its_name()
    {
        var options = Paying(1_000);
        options.CaptureMethod = "manual";
        Assert.Contains("manual capture", (await Refused(HttpStatusCode.NotImplemented, () => Pay(options))).Message);
    }

    [Fact]
    public async Task Another_key_is_refused() =>
        await Refused(HttpStatusCode.Unauthorized, () => ClientWith(0, "sk_test_other").V1.Balance.GetAsync());

    [Fact]
    public async Task Metadata_that_is_too_long_is_refused()
    {
        var options = Paying(1_000);
        options.Metadata["note"] = new string('字', 501);
        Assert.Equal("metadata[note]", (await Refused(HttpStatusCode.BadRequest, () => Pay(options))).StripeError.Param);
    }
}
