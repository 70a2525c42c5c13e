// The task Doctor for a Cake script. Wiring only: what it does is DockerDoctor, in the addin. It asks about what publish-images.cake publishes.
#load "publish-images.cake"

Task("Doctor")
    .Description("Says whether this machine can publish the image for these platforms, and what to do where not. --doctor-json=FILE writes the findings.")
    .Does(() =>
    {
        var report = DockerDoctor(images);
        if (Argument<string>("doctor-json", null) is { } file)
        {
            System.IO.File.WriteAllText(file, report.ToJson());
        }

        if (!report.Ok)
        {
            throw new CakeException("This machine cannot publish; the reasons stand above.");
        }
    });
