using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Host.Api;
using Marketplace.Host.Components.Parts;
using Microsoft.AspNetCore.Components;

namespace Marketplace.Host.Components;

/// <summary>Anything that is written for a reader.</summary>
public abstract class MarketplacePart : ComponentBase
{
    [Inject]
    protected Reader Reader { get; set; } = null!;

    [CascadingParameter]
    protected HttpContext Http { get; set; } = null!;

    protected Principal Principal => Http.Principal();

    /// <summary>Whether the reader's role and duties allow it: what they may never send is not offered.</summary>
    protected bool May<TRequest>() => WhyNot<TRequest>() is null;

    /// <summary>Why the reader's role or duties do not allow it, null where they do. Whether they have proven who they are is asked when they send it.</summary>
    protected Refusal? WhyNot<TRequest>() => MayAskAttribute.Of(typeof(TRequest)).Check(Principal with { IsProven = true });

    protected string T(string zh, string en) => Reader.T(zh, en);

    protected string T(BilingualText text) => Reader.T(text);
}

/// <summary>A page asks the door as whoever reads it, like everybody else.</summary>
public abstract class MarketplacePage : MarketplacePart
{
    [Inject]
    protected MarketplaceDoor Door { get; set; } = null!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>Why there is nothing to show; the page then shows this, with the status that the API would have answered.</summary>
    protected Refusal? Refusal { get; private set; }

    /// <summary>Whether this form was sent: it is then there again, whatever has become of what it is about, since its answer may be the first one.</summary>
    protected bool IsSent(string form) => HttpMethods.IsPost(Http.Request.Method) && Http.Request.HasFormContentType && Http.Request.Form["_handler"] == form;

    protected async Task<T?> Ask<T>(IQuery<T> query) where T : class
    {
        var result = await Door.Ask(Principal, query, Http.RequestAborted);
        return result.Refusal is { } refusal ? Refuse<T>(refusal) : result.Value;
    }

    /// <summary>An id in the address that is none names nothing.</summary>
    protected async Task<T?> Ask<TId, T>(string id, Func<TId, IQuery<T>> query) where TId : struct, IId<TId> where T : class =>
        Id.TryParse<TId>(id, out var known) ? await Ask(query(known)) : Refuse<T>(Refusal.NotFound());

    /// <summary>Sends what a form asks for: where it is taken the reader goes on to another address, else the form says why not.</summary>
    protected async Task Send(TypedForm form, ICommandRequest command, Func<Accepted, string> then)
    {
        switch (await Door.Send(Principal, command, Http.RequestAborted))
        {
            case Accepted accepted:
                Navigation.NavigateTo(then(accepted));
                break;
            case Application.Door.Refused refused:
                form.Refuse(refused.Refusal);
                break;
        }
    }

    /// <summary>Reads one value of the address; an empty box of a form asks for nothing. What is no such value refuses the page.</summary>
    protected bool TryRead<T>(string? text, Parse<T> parse, out T? value) where T : struct
    {
        value = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        if (parse(text, out var read))
        {
            value = read;
            return true;
        }

        Refuse(Refusal.Invalid("filter-unknown", "没有这样的筛选条件。", "There is no such filter."));
        return false;
    }

    /// <summary>Reads all values of a parameter that may be there several times, each once.</summary>
    protected bool TryRead<T>(string[]? texts, Parse<T> parse, out IReadOnlyList<T> values) where T : struct
    {
        var read = new List<T>();
        values = read;
        foreach (var text in texts ?? [])
        {
            if (!TryRead(text, parse, out T? value))
            {
                return false;
            }

            if (value is { } one && !read.Contains(one))
            {
                read.Add(one);
            }
        }

        return true;
    }

    /// <summary>A value by its name; a number is none.</summary>
    protected static bool Named<T>(string text, out T value) where T : struct, Enum => Enum.TryParse(text, out value) && Enum.GetName(value) == text;

    protected delegate bool Parse<T>(string text, out T value);

    protected void Refuse(Refusal refusal)
    {
        Refusal = refusal;
        Http.Response.StatusCode = Problem.Of(refusal).Status;
    }

    private T? Refuse<T>(Refusal refusal) where T : class
    {
        Refuse(refusal);
        return null;
    }
}
