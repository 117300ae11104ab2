using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Marketplace.Architecture.Tests;

/// <summary>What the compiler made of the code. Rules look at that, so that neither an alias nor a lambda hides anything from them.</summary>
internal static class CompiledCode
{
    private static readonly ImmutableArray<string> Platform =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)];

    private static readonly Dictionary<string, MetadataReference> References =
        Platform.DistinctBy(Path.GetFileNameWithoutExtension).ToDictionary(p => Path.GetFileNameWithoutExtension(p), MetadataReference (p) => MetadataReference.CreateFromFile(p));

    private static readonly ReaderParameters Reading = new() { AssemblyResolver = Resolver() };

    /// <summary>The assemblies of all projects under src.</summary>
    public static IReadOnlyList<ModuleDefinition> Ours { get; } =
        [.. Repository.SourceProjects.Select(p => ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, $"{p.Name}.dll"), Reading))];

    /// <summary>Some of them, by name without <c>Marketplace.</c>.</summary>
    public static IReadOnlyList<ModuleDefinition> Of(params string[] projects) =>
        [.. projects.Select(p => Ours.Single(m => m.Assembly.Name.Name == $"Marketplace.{p}"))];

    /// <summary>Compiles a violation, which can use everything that our own code can. The rule must find it.</summary>
    /// <param name="assembly">Name to compile it under, where a rule asks for that.</param>
    public static IReadOnlyList<ModuleDefinition> Planted(string source, string assembly = "Planted") =>
        [ModuleDefinition.ReadModule(new MemoryStream(Compile(source, assembly)), Reading)];

    private static byte[] Compile(string source, string assembly)
    {
        const string ImplicitUsings = "global using System; global using System.Collections.Generic; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;";
        var compilation = CSharpCompilation.Create(
            assembly,
            [CSharpSyntaxTree.ParseText(ImplicitUsings), CSharpSyntaxTree.ParseText(source)],
            [.. References.Where(r => r.Key != assembly).Select(r => r.Value)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        return emitted.Success ? image.ToArray()
            : throw new InvalidOperationException(string.Join('\n', emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
    }

    private static DefaultAssemblyResolver Resolver()
    {
        var resolver = new DefaultAssemblyResolver();
        foreach (var folder in Platform.Select(Path.GetDirectoryName).Distinct())
        {
            resolver.AddSearchDirectory(folder);
        }

        return resolver;
    }
}
