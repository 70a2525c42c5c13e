// Asks the doctor of this repository's addin about the machine at hand. build.cake builds the addin and then runs this script,
// because a script's references have to be there before it starts.
#r "../src/Cake.MultiPlatform/bin/Release/net10.0/Cake.MultiPlatform.dll"
#load "Cake.MultiPlatform.Recipe/doctor.cake"

RunTarget("Doctor");
