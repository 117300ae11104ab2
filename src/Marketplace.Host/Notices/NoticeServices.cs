namespace Marketplace.Host.Notices;

internal static class NoticeServices
{
    /// <summary>Has people told of what happens. What waits for mail is sent by the queue of mails.</summary>
    public static void AddNotices(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<WriteNoticeLetters>();
        builder.Services.AddHostedService<RunNotices>();
    }
}
