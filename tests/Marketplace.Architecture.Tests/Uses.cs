using System.Runtime.CompilerServices;
using Mono.Cecil.Cil;

namespace Marketplace.Architecture.Tests;

/// <summary>One type uses another: in a signature, an attribute, a type argument or in the body of a method.</summary>
/// <param name="By">The outermost type, so that a lambda or an async method is its owner's doing.</param>
/// <param name="Member">The method or field that is used, if it is one.</param>
internal sealed record Use(TypeDefinition By, TypeReference Type, MemberReference? Member)
{
    /// <summary>Namespace of the used type, also of one that lies within another.</summary>
    public string Namespace => Outermost(Type).Namespace;

    /// <summary><c>System.DateTime.get_UtcNow</c></summary>
    public string Name => Member is null ? Type.FullName : $"{Type.FullName}.{Member.Name}";

    public override string ToString() => $"{By.FullName} uses {Name}";

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}

internal static class Uses
{
    private static readonly ConditionalWeakTable<ModuleDefinition, IReadOnlyList<Use>> Known = [];

    /// <summary>Everything that the types of these modules use.</summary>
    public static IEnumerable<Use> All(this IEnumerable<ModuleDefinition> modules) => modules.SelectMany(m => Known.GetValue(m, Find));

    /// <summary>The types of these modules, those within others included.</summary>
    public static IEnumerable<TypeDefinition> Types(this IEnumerable<ModuleDefinition> modules) => modules.SelectMany(m => m.Types).Where(IsOurs).SelectMany(Within);

    private static IReadOnlyList<Use> Find(ModuleDefinition module) =>
    [
        .. module.Types.Where(IsOurs).SelectMany(t => Within(t).SelectMany(Of).Distinct().Select(u => new Use(t, u.Type, u.Member)).DistinctBy(u => u.Name)),
    ];

    /// <summary>Not written by a source generator into a namespace of its own.</summary>
    private static bool IsOurs(TypeDefinition type) =>
        !type.Namespace.StartsWith("OrleansCodeGen", StringComparison.Ordinal) && !type.Namespace.StartsWith("Microsoft.", StringComparison.Ordinal);

    /// <summary>Is it this type, or one that inherits from it?</summary>
    public static bool Inherits(this TypeDefinition type, string ancestor)
    {
        for (TypeReference? t = type; t is not null; t = t.Resolve()?.BaseType)
        {
            if (t.GetElementType().FullName == ancestor)
            {
                return true;
            }
        }

        return false;
    }

    public static bool Has(this ICustomAttributeProvider thing, string attribute) => thing.CustomAttributes.Any(a => a.AttributeType.FullName == attribute);

    private static IEnumerable<TypeDefinition> Within(TypeDefinition type) => type.NestedTypes.SelectMany(Within).Prepend(type);

    private static IEnumerable<(TypeReference Type, MemberReference? Member)> Of(TypeDefinition type)
    {
        IEnumerable<TypeReference?> signatures =
        [
            type.BaseType,
            .. type.Interfaces.Select(i => i.InterfaceType),
            .. type.GenericParameters.SelectMany(g => g.Constraints).Select(c => c.ConstraintType),
            .. type.Fields.Select(f => f.FieldType),
            .. type.Methods.SelectMany(m => m.Parameters.Select(p => p.ParameterType).Append(m.ReturnType)),
            .. type.Methods.SelectMany(m => m.GenericParameters).SelectMany(g => g.Constraints).Select(c => c.ConstraintType),
            .. Attributes(type).Select(a => a.AttributeType),
            .. Attributes(type).Where(a => a.HasConstructorArguments).SelectMany(a => a.ConstructorArguments).Select(a => a.Value).OfType<TypeReference>(),
        ];
        return signatures.OfType<TypeReference>().SelectMany(Parts).Select(t => (t, (MemberReference?)null)).Concat(type.Methods.Where(m => m.HasBody).SelectMany(m => OfBody(m.Body)));
    }

    private static IEnumerable<CustomAttribute> Attributes(TypeDefinition type) =>
        new ICustomAttributeProvider[] { type }.Concat(type.Methods).Concat(type.Fields).Concat(type.Properties)
            .Concat(type.Methods.SelectMany(m => m.Parameters))
            .SelectMany(p => p.CustomAttributes);

    private static IEnumerable<(TypeReference, MemberReference?)> OfBody(MethodBody body)
    {
        foreach (var type in body.Variables.Select(v => v.VariableType).Concat(body.ExceptionHandlers.Select(h => h.CatchType).OfType<TypeReference>()).SelectMany(Parts))
        {
            yield return (type, null);
        }

        foreach (var operand in body.Instructions.Select(i => i.Operand))
        {
            switch (operand)
            {
                case MethodReference method:
                    yield return (method.DeclaringType.GetElementType(), method.GetElementMethod());
                    foreach (var type in Parts(method.DeclaringType).Concat(Parts(method.ReturnType)).Concat(method.Parameters.SelectMany(p => Parts(p.ParameterType)))
                        .Concat(method is GenericInstanceMethod generic ? generic.GenericArguments.SelectMany(Parts) : []))
                    {
                        yield return (type, null);
                    }

                    break;
                case FieldReference field:
                    yield return (field.DeclaringType.GetElementType(), field);
                    foreach (var type in Parts(field.DeclaringType).Concat(Parts(field.FieldType)))
                    {
                        yield return (type, null);
                    }

                    break;
                case TypeReference type:
                    foreach (var part in Parts(type))
                    {
                        yield return (part, null);
                    }

                    break;
            }
        }
    }

    /// <summary><c>Task&lt;Money[]&gt;</c> is Task and Money.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Prepend(generic.ElementType),
        GenericParameter => [],
        TypeSpecification wrapped => Parts(wrapped.ElementType),
        _ => [type],
    };
}
