using System.Text;
using Marketplace.Application.Door;
using Marketplace.Application.Payments;
using Marketplace.Journal;
using Microsoft.AspNetCore.Mvc;

namespace Marketplace.Host.Api;

/// <summary>Where payment providers say something by themselves. Nobody signs in: the signature of each notice says whose it is.</summary>
public static class ProviderNoticeEndpoints
{
    private const int MostBytes = 512 * 1024;

    /// <summary>400: not theirs, and nothing was kept. 200: kept. 503: not kept, send it again.</summary>
    public static void MapProviderNotices(this IEndpointRouteBuilder app) =>
        app.MapPost("/webhooks/{provider}", async (string provider, HttpContext http, ReceiveProviderNotice notices) =>
        {
            using var reader = new StreamReader(http.Request.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            string body;
            try
            {
                body = await reader.ReadToEndAsync(http.RequestAborted);
            }
            catch (DecoderFallbackException)
            {
                return Results.BadRequest();
            }

            try
            {
                return await notices.Receive(provider, body, http.Request.Headers["Stripe-Signature"]) switch
                {
                    Refused { Refusal.Kind: Domain.RefusalKind.NotFound } => Results.NotFound(),
                    Refused => Results.BadRequest(),
                    _ => Results.Ok(),
                };
            }
            catch (JournalUnavailableException)
            {
                return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
            }
        })
        .WithMetadata(new RequestSizeLimitAttribute(MostBytes))
        .DisableAntiforgery()
        .ExcludeFromDescription();
}
