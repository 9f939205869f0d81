Console.WriteLine("usage: benchmarks NAME");
