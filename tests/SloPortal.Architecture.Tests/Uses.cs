using Mono.Cecil;
using Mono.Cecil.Cil;

namespace SloPortal.Architecture.Tests;

/// <summary>Which types a type really uses, read from its compiled form: signatures, attributes, fields and method bodies.</summary>
internal static class Uses
{
    public static IEnumerable<TypeDefinition> TypesOf(string assemblyPath, string rootNamespace) =>
        ModuleDefinition.ReadModule(assemblyPath).GetTypes().Where(t => FullNamespace(t).StartsWith(rootNamespace, StringComparison.Ordinal));

    /// <summary>Full names, generic arguments and element types unwrapped, nested and compiler-made types under their outermost one.</summary>
    public static HashSet<string> Of(TypeDefinition type)
    {
        var used = new HashSet<string>();
        Add(type.BaseType);
        foreach (var implemented in type.Interfaces)
            Add(implemented.InterfaceType);
        foreach (var attribute in type.CustomAttributes)
            Add(attribute.AttributeType);
        foreach (var field in type.Fields)
            Add(field.FieldType);
        foreach (var method in type.Methods)
            AddMethod(method);
        return used;

        void AddMethod(MethodDefinition method)
        {
            Add(method.ReturnType);
            foreach (var parameter in method.Parameters)
                Add(parameter.ParameterType);
            if (!method.HasBody)
                return;
            foreach (var variable in method.Body.Variables)
                Add(variable.VariableType);
            foreach (var instruction in method.Body.Instructions)
                AddOperand(instruction);
        }

        void AddOperand(Instruction instruction)
        {
            switch (instruction.Operand)
            {
                case TypeReference reference:
                    Add(reference);
                    break;
                case MethodReference reference:
                    Add(reference.DeclaringType);
                    if (reference is GenericInstanceMethod generic)
                        foreach (var argument in generic.GenericArguments)
                            Add(argument);
                    break;
                case FieldReference reference:
                    Add(reference.DeclaringType);
                    break;
            }
        }

        void Add(TypeReference? reference)
        {
            switch (reference)
            {
                case null or GenericParameter:
                    return;
                case GenericInstanceType generic:
                    Add(generic.ElementType);
                    foreach (var argument in generic.GenericArguments)
                        Add(argument);
                    return;
                case TypeSpecification specification:
                    Add(specification.ElementType);
                    return;
                default:
                    used.Add(Outermost(reference).FullName);
                    return;
            }
        }
    }

    public static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static string FullNamespace(TypeReference type) => Outermost(type).Namespace;
}
