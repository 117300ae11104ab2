using Marketplace.Application.Json;
using Marketplace.Domain;
using Marketplace.Host.Composition;
using Marketplace.Journal;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;
using Orleans.Runtime;

namespace Marketplace.Host.Api;

/// <summary>Turns every refusal and every failure into problem+json (RFC 9457), in the reader's language and without a stack trace.</summary>
public static class Problems
{
    private const string MediaType = "application/problem+json";

    /// <summary>Body of the answer.</summary>
    /// <param name="Code">For programs; never changes.</param>
    /// <param name="Field">Input member at fault.</param>
    /// <param name="Rows">What is wrong in single cells of a table that was sent, in both languages.</param>
    public sealed record Body(string Type, string Title, int Status, string Detail, string Code, string? Field, IReadOnlyList<RowFault>? Rows = null);

    public static IResult Answer(this HttpContext http, Problem problem)
    {
        var inEnglish = Language.IsEnglish(http.Request);
        http.Response.Headers.ContentLanguage = inEnglish ? "en" : "zh-CN";
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = "1";
        }

        return Results.Json(
            new Body($"urn:marketplace:problem:{problem.Code}", ReasonPhrases.GetReasonPhrase(problem.Status), problem.Status,
                inEnglish ? problem.En : problem.Zh, problem.Code, problem.Field, problem.Rows),
            CanonicalJson.Options, MediaType, problem.Status);
    }

    /// <summary>Answers for what no endpoint answered: exceptions, unknown addresses, wrong methods. Pages have a page for it, everything else a body.</summary>
    public static void UseProblems(this WebApplication app)
    {
        // A branch cannot find a page again, so pages come first and programs are answered before their answer gets there.
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = WebPages.ErrorPath,
            StatusCodeSelector = exception => OfException(exception).Status,
            CreateScopeForErrors = true,
        });
        app.UseStatusCodePagesWithReExecute(WebPages.ErrorPathOfStatus, createScopeForStatusCodePages: true);
        app.Use((http, next) =>
        {
            if (http.Features.Get<IStatusCodeReExecuteFeature>() is not null || http.Features.Get<IExceptionHandlerFeature>() is not null)
            {
                http.Request.Method = HttpMethods.Get; // the page that says what went wrong takes no form
            }

            return next(http);
        });
        app.UseWhen(http => !WebPages.Are(http.Request.Path), programs =>
        {
            programs.UseExceptionHandler(handler => handler.Run(http =>
                http.Answer(OfException(http.Features.Get<IExceptionHandlerFeature>()!.Error)).ExecuteAsync(http)));
            programs.UseStatusCodePages(context =>
                context.HttpContext.Answer(Problem.OfStatus(context.HttpContext.Response.StatusCode)).ExecuteAsync(context.HttpContext));
        });
    }

    /// <summary>What an exception that nobody caught means to whoever asked.</summary>
    public static Problem OfException(Exception exception) => exception switch
    {
        // The journal, or the silo on the way to it, did not answer in time.
        JournalUnavailableException or TimeoutException or OrleansException => Problem.OutcomeUnknown,
        BadHttpRequestException bad => Problem.OfStatus(bad.StatusCode),
        _ => Problem.Internal,
    };
}
