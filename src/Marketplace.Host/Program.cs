using Marketplace.Host.CommandLine;
using Marketplace.Host.Pdf;

return args is [MarkPdfProcess.Verb, .. var lines] ? MarkPdfProcess.Run(lines) : await MarketplaceCommandLine.Run(args);
