using Marketplace.Domain;
using Marketplace.Domain.Needs;

namespace Marketplace.Host.Components.Words;

public static partial class Names
{
    public static BilingualText Of(NeedClosing why) => why switch
    {
        NeedClosing.Found => new("已找到", "Found"),
        NeedClosing.NotNeeded => new("不再需要", "Not needed any more"),
    };

    public static BilingualText Of(SuggestionAnswer answer) => answer switch
    {
        SuggestionAnswer.Interesting => new("感兴趣", "Looks interesting"),
        SuggestionAnswer.NotSuitable => new("不合适", "No thanks"),
    };
}
